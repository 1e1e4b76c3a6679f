"""Words that lead to the name of a thing, or away from it, and words that name nothing by themselves."""

from __future__ import annotations

import re

from bot.understanding.line_words import word_set

ARTICLES = word_set("a an the some wee")

BEFORE = ARTICLES | word_set(
    "upon incl inc decided settled plumped opted pls plz cud hav av gis gie gies asked asking called sorry look listen nah pet hun duck honest insha'allah inshaallah inshallah mashallah alhamdulillah willing unless needing wanting am hmm anyhow whats whatd summat owt whatever said says reckons eeh reyt blimey crikey gosh och hiya wow phew found covers none only either reckon sure honestly obviously ideally mainly mostly definitely literally personally apparently main biggest addition aye nowt bab i we id wed ill well im were ive weve want wants wanted need needs would like likes love loves can could may might have has had get gets getting u "
    "got go goes going gonna wanna to for of on at in with from is are was be it its this that thats theres there theyre these "
    "those and then also plus so um umm uh er erm ah oh ok okay right yeah yes yep well please maybe perhaps probably basically "
    "just really actually possibly he she they hes shes you do does did doing been claim quoted given think thought guess suppose how much what about "
    "thing first second another one more pay pays paid paying buy buying money cash cost costs costing price priced spend "
    "spending put use using let lets me us say saying please hi hello as well because cos first next last lastly finally other "
    "too but or n by every each half our add include including hoping hope will id which who if plan thinking kind sort "
    "something somewhere anywhere similar around about each been being bit quite fancy each total per nothing now currently lovely great good nice perfect ideal best brilliant fab put down add love mate charges charge charged works fancies buys covers requires"
)
"""Words that lead up to the thing's name."""

AFTER = word_set(
    "again etcetera wi wiv im ive ill whos counting meaning insha'allah inshallah inshaallah innit either depending whichever unless anyhow anyway tbh honestly a an the is are was were be its it thats that this which for on at of to with in by from and or so but please thanks thank you ta cheers "
    "maybe perhaps probably like about just only too as well each every would will around who whom gets get does he she we they "
    "i id hes shes up costs cost costing charges charge charged charging comes come i'd want need because cos if when where there then also plus per "
    "roughly approx really actually lol innit yeah ok okay x pay pays paying paid priced price said say think guess um er erm uh "
    "both down pet hun duck hen pal mind idk dunno being has have had into over during until till than not no there's theres altogether total usually normally lovely great good nice perfect ideal best brilliant fab fine enough love mate any now currently though tho another"
)
"""Words that lead away from it."""

PLACING = word_set(
    "according without wi wiv to for with at in from on by near round around down over up out inside towards home so because cos as which who that when while if though although where since but of "
    "after before until during"
)
"""Words that begin something said about the thing, and not another one."""

GOING = word_set("goes comes attends loves enjoys")
"""Words that end a name's part of a sentence: "our Callum goes"."""

TELLING = word_set("has been hes shes theyre it its he she we they i ill im weve ive were theyve")
"""Words that begin a sentence: about the thing said before, or to say another."""

PRONOUNS = word_set(
    "hers ours theirs yours mine nobody noone nobodys her him them it us me you they she he everyone both all myself himself herself one my his our their your things thing stuff bits"
)

REPORTING = word_set("say says said reckons reckon mentioned mentions suggested suggests recommended recommends")

HAVING = word_set("has have had")

SAYING = REPORTING | word_set(
    "bill bills billed want got runs run pay pays paid do does did say quoted quote quotes charge charges charged charging paying asks asked wrote wanted sell sells sold has have had offers offered told wants"
)
"""After a name, verbs of who says or takes the price."""

_TALK = word_set(
    "vat unlimited regular regularly chuck chucks bung bungs through off split dressed washed showered bathed fed changed direct debit standing order priced time trouble sense loved adores adored hates hated enjoyed went idea ideas clue main talked spoke said claim weighs weigh give gives giving gave given take takes taking took make makes making made come comes coming came find finds found know knows "
    "knew ask asks asked quote quoted tell told see seen try tried wrong right yet still again already later today tomorrow soon "
    "though tho anyway hopefully honestly definitely certainly exactly only even much more less extra same different ones other "
    "others another need needed wanting hope hoping been being done working work works worked using used start started stop "
    "happen happens sorted sort okay fine good lovely happy wish looking finished ended asking quick quickly fast bear recommended diagnosed packed guessing guess would could should might must shall be am able any anything "
    "everything something nothing someone's else here there where when why how what which who whose"
)
"""Words of talk: alone, they name no thing."""

EMPTY = PRONOUNS | _TALK | BEFORE | AFTER
"""Words that, by themselves, name nothing."""

HESITATION = re.compile(r"u+h*m*|e+r+m*|h+m+|a+h+|o+h+")

WANTING = word_set(
    "want wants wanting need needs needing like love buy fancies after add hire book thinking hoping asking requesting applying"
)

NOT_WANTED = word_set("dont doesnt not wont didnt")

GENERIC = word_set(
    "slot slots seat seats ticket tickets entry session sessions lesson lessons fee fees price cost rate pay wage wages cost charge charges they each "
    "class classes admission subs pair set pack box whole bundle agency company charity provider quote quotes visit visits lot new one ones fare offer sale refurbished same top top-up private prices reusable online local season package job longer shorter hour hours rates staff"
)
"""Names of an amount, which belong to the thing said before."""

WORKERS = word_set(
    "pa pas assistant assistants carer carers worker workers sitter sitters babysitter helper helpers buddy befriender nanny "
    "nurse nurses tutor cleaner gardener childminder mentor companion enabler keyworker sister brother auntie aunty aunt uncle "
    "cousin nan nanny gran grandma grandad grandpa neighbour friend someone somebody person lady woman man student support staff"
)
"""Words for somebody who is paid by the hour."""

OCCASIONS = word_set(
    "club clubs lesson lessons class classes session sessions group groups swimming swim football dance drama karate music "
    "piano guitar drums gym trampolining bowling cinema riding course workshop therapy physio art yoga"
)
"""Things whose price is for the whole of one time, however long it is."""

KINDS_OF_NEEDS = word_set("special additional complex support sensory medical extra learning sen")
""" "the special needs bike shop"."""

RELATED = word_set("who that which where when to so for with if as because and cos whose what")

WHO = word_set("he she they we i")

REASONS = word_set("because cos coz cause so")

RELATING = word_set("who that which where when to so for someone somebody anyone anybody person")
"""Words that lead from a person or a place to what is told of it."""

FILLERS = word_set("ok okay right well um er erm uh hiya hi hello oh ah yeah yep basically honestly anyway look listen")
"""Said before anything: what follows them begins the sentence."""

IT_OR_US = word_set("it them us")
""" "The captain takes them": what was named before, told of again."""
