"""Words that plan lines are named by: what families of disabled children buy with their money, and who is paid for it.

A name that holds none of them may still be one ("zorbing"); among several words of a line one that does is likelier the name.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.understanding.line_goods import HEADS
from bot.understanding.line_words import word_set
from bot.understanding.thing_words import OCCASIONS

_HELP = word_set(
    # people who are paid
    "pa pas assistant assistants carer carers caregiver worker workers sitter sitters babysitter babysitters babysitting helper helpers buddy buddies "
    "befriender befriending nanny nurse nurses tutor tutors cleaner cleaners gardener gardeners childminder minder mentor companion enabler keyworker "
    "coach coaches instructor help helping sitting minding driving bathing waking trainer teacher therapist counsellor interpreter signer scribe driver drivers chauffeur escort chaperone supervisor "
    "lifeguard hairdresser barber braider chiropodist podiatrist osteopath chiropractor physiotherapist dietitian nutritionist optician dentist "
    "psychologist consultant advocate solicitor accountant handyman decorator plumber electrician joiner builder au-pair someone somebody "
    "person lady woman man student support staff respite overnight overnights care homecare daycare childcare wraparound creche nursery playscheme "
    "aupair facilitator intervenor musician artist farrier walker cook chef tailor seamstress ironer"
    # times spent somewhere
    " club clubs group groups class classes lesson lessons session sessions course courses workshop workshops camp camps scheme trip trips outing "
    "outings holiday break breaks weekend residential retreat caravan cottage lodge hotel hostel campsite campervan stay party parties disco ceilidh "
    "activity activities day-centre centre center hub cafe restaurant pub swim swimming aquafit aqua hydro hydrotherapy pool baths splash sauna spa "
    "football footie footy rugby cricket tennis badminton squash netball basketball hockey rounders baseball volleyball athletics running jogging "
    "parkrun gym gymnastics gymtots trampolining trampoline rebound fitness pilates yoga zumba aerobics boccia bowls bowling golf goalball curling "
    "archery fencing karate judo taekwondo kickboxing boxing jujitsu aikido martial wrestling dance dancing ballet tap salsa bhangra cheerleading "
    "cheer drama theatre panto pantomime acting singing choir band orchestra music piano keyboard guitar drums drumming violin cello flute recorder "
    "ukulele harp saxophone trumpet bagpipe bagpipes tabla samba steel art arts crafts craft pottery clay painting drawing knitting crochet sewing quilting "
    "woodwork woodcarving metalwork jewellery photography film films cinema movie movies museum gallery zoo aquarium farm safari park parks theme "
    "funfair fair circus show shows gig gigs concert concerts festival match matches library bookstart storytime reading writing poetry phonics maths "
    "english science coding robotics computing gaming minecraft lego chess warhammer dungeons boardgame quiz bingo karaoke cooking cookery baking "
    "gardening allotment horticulture beekeeping fishing angling sailing rowing kayaking canoeing paddleboarding surfing rafting diving snorkelling "
    "scuba skiing snowboarding sledging skating skate skateboarding rollerskating scooting cycling bikeability biking riding horse horses horseback "
    "pony ponies equine rda donkey alpaca dog puppy animal climbing bouldering abseiling orienteering rambling walking hiking bushcraft forest "
    "geocaching karting kart go-karting paintball laser sensory snoezelen play softplay messy playgroup toddler brownies guides rainbows scouts cubs "
    "beavers squirrels cadets explorers youth social friendship sibling siblings parenting training makaton bsl sign signing braille life skills "
    "first-aid induction travel independence work experience volunteering vaulting hoppers parkour ninja dodgeball lacrosse shinty hurling camogie "
    "gaelic darts snooker pool-table billiards skittles petanque croquet aerial silks juggling magic puppetry lindy line ballroom breakdance "
    "streetdance majorettes morris handbells bells ringing church mosque temple madrasa quran hebrew sunday-school"
    # treatments
    " psychotherapy psychotherapist salt slt therapy therapies physio physiotherapy speech ot occupational massage reflexology aromatherapy acupuncture craniosacral osteopathy hypnotherapy "
    "counselling play-therapy mindfulness meditation reiki chiropody podiatry haircut haircuts hair nails nail braids braiding manicure pedicure "
    "facial waxing shave assessment report diagnosis intensive intervention sleep portage feeding behaviour behavior"
    # about the house and the way
    " clean deep cleaning cleaned ironing laundry washing gardening mowing lawn window windows decluttering meals meal lunch lunches dinner tea shopping groceries "
    "delivery cooking housework handy errands storage repair repairs servicing insurance insuring rental rent hire taxi taxis cab cabs minicab minibus "
    "bus buses train trains tram metro ferry flight coach fare fares toll tolls petrol diesel fuel mileage parking railcard permit lift lifts transport travel "
    "bike trike car van membership memberships subscription subs pass passes ticket tickets entry fee fees admission season licence app apps software "
    "wifi broadband internet data sim phone contract credit netflix spotify disney xbox audible kindle streaming gps tracker pendant payroll payslips "
    "pension admin bookkeeping advert advertising recruitment dbs wages helpline nappies nappy pads wipes pull-ups pullups liners medicine gluten "
    "batteries ink paper clothes clothing uniform costume bedding materials supplies kit wool beads feed hay stabling livery vet grooming groomer kennels "
    "medication meds cream ointment thickener formula milk supplements vitamins inhalers prescription prescriptions dressings catheters "
    "sessional sleepover sleepovers picnic picnics fairground barbecue bake bakes crocodile reptile owl falconry birdwatching stargazing "
    "astronomy archaeology metal-detecting trainspotting railway railways steam canal barge narrowboat gliding flying airfield parasailing "
    "wakeboarding windsurfing skydiving ski skis sit-ski parascending coasteering canyoning caving potholing fencing fettling brunch snorkel ropes high-ropes ziplining treetop segway quad quads motocross speedway ice curling bobsleigh "
    "toboggan tobogganing petanque kabaddi futsal handball softball tchoukball polo croquet fives pickleball padel touch-rugby quidditch "
    "capoeira kendo sumo tai chi qigong barre spin spinning bootcamp crossfit circuits weightlifting powerlifting bodybuilding marathon "
    "choreography musical musicals opera operas orchestras ensemble busking beatboxing rap rapping djing dj ukelele accordion banjo fiddle "
    "improv comedy clowning mime storytelling debating journalism blogging podcast podcasting animation cartooning manga anime cosplay magazine magazines newspaper newspapers "
    "calligraphy origami printmaking felting weaving macrame embroidery leatherwork blacksmithing upholstery carpentry mosaic mosaics glass "
    "candle soap perfume floristry flower flowers baking barista catering sushi pizza bread patisserie chocolate butchery foraging composting "
    "dyslexia dyscalculia handwriting touch-typing spelling numeracy literacy french spanish german "
    "arabic urdu polish mandarin somali welsh irish latin history geography physics chemistry biology economics "
    "hens hen chickens rabbit guinea-pig hamster fish bird budgie kitten"
)


def is_activity(name: Sequence[str]) -> bool:
    """Whether a name, in plain words, holds somebody who helps or something that is done, and may come again.

    >>> is_activity(["private", "physio"]), is_activity(["fidget", "box"])
    (True, False)
    """
    return any(word in _HELP or (word.endswith("s") and word[:-1] in _HELP) for word in name)


KNOWN = _HELP | HEADS | OCCASIONS
_PAIRS = {tuple(word.split("-")) for word in KNOWN if word.count("-") == 1}
"""Names of two words, as they are mostly written."""


def is_known(name: Sequence[str]) -> bool:
    """Whether a name, in plain words, holds one of them.

    >>> is_known(["adapted", "trikes"]), is_known(["my", "cousin", "conor"]), is_known(["god", "willing"])
    (True, False, False)
    """
    return any(pair in _PAIRS for pair in pairwise(word for word in name if word != "-")) or any(
        word in KNOWN
        or (word.endswith("s") and word[:-1] in KNOWN)
        or (word.endswith("es") and word[:-2] in KNOWN)
        or (word.endswith("in") and f"{word}g" in KNOWN)
        for word in name
    )
