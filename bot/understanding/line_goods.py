"""Things that are bought once and then last, so that how often need not be asked."""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.understanding.line_words import word_set
from bot.understanding.thing_words import WORKERS

ASKED_ONCE = word_set(
    # for getting about
    "trike tricycle bike bikes scooter wheelchair buggy pushchair pram carseat seat helmet harness walker frame rollator ramp rails "
    "rail grabrail hoist sling sledge skateboard hoverboard skates rollerblades stabilisers reins trailer satnav tracker "
    # for the home
    "flooring bed bunk mattress topper humidifier purifier washing-machine washer dryer dishwasher fridge freezer cooker oven hob "
    "microwave fryer kettle toaster blender hoover vacuum heater radiator fan tv television sofa settee armchair recliner chair stool "
    "desk table carpet rug mat mats curtains blinds blind lamp lights nightlight locks lock latch padlock alarm gate stairgate "
    "safety-gate fence fencing shed greenhouse wardrobe cupboard shelf shelves drawers bookcase cushion cushions pillow pillows "
    "duvet quilt bedding sheets towels blanket throw hammock bathboard bathlift commode monitor doorbell keysafe cctv cot highchair "
    "paint wallpaper stove bin cot sides bumper light stairlift tray "
    # to learn, play and talk with
    "ipad tablet laptop computer chromebook pc printer keyboard phone smartphone smartwatch headset headphones earphones earbuds defenders "
    "camera radio speaker kindle projector xbox playstation nintendo ps5 console controller joystick switch trampoline swing slide "
    "sandpit paddling-pool tent canopy gazebo parasol beanbag tub hottub drum drumkit guitar microphone "
    "easel telescope binoculars jigsaw jigsaws puzzles book books toys toy board pads racket racquet "
    "bodyboard surfboard kayak canoe paddleboard fishing-rod rod tackle saddle bridle timer timers fidgets chewelry chewy "
    "bubble-tube tube lightbox peapod "
    # to wear
    "boots shoes trainers wellies wellington wellingtons sandals slippers plimsolls coat jacket anorak waterproofs raincoat wetsuit "
    "swimsuit trunks goggles costume uniform kit suit leotard jodhpurs gloves hat hats gumshield shinpads tutu gi splints earplugs "
    "sunglasses glasses rucksack backpack socks tights pants shirt shirts tshirt jumper hoodie dress clothes machine bag suitcase umbrella armbands float floats vest apron pyjamas sleepsuit leggings "
    # and more
    "clock set stand holder bottle cup cups beaker talkie talkies tyre tyres mask cape necklace pad bench pan pans knife knives cutlery mug plate bowl apron lead net rug hose "
    "crayons pencils pens paintbrushes beads magnifier thermometer headguard seatbelt strap bidet urinal potty steps worktop sink tap "
    # paid once
    "fitted deposit registration joining assessment adaptation adaptations adapter case"
)
"""Things that are bought and then last, so that how often need not be asked."""

HEADS = ASKED_ONCE | word_set(
    # in a kitchen, bathroom or bedroom
    "thermos flask lunchbox mixer juicer slicer peeler grater tin-opener chopper scales airfryer toastie teapot "
    "saucepan saucepans crockery tablecloth tongs grabber reacher trolley hob dishrack towel flannel showerhead screen bathmat "
    "toothbrush hairdryer straighteners clippers razor shaver hairbrush commode pillowcase pillowcases duvets sheet bedsheet "
    "bedspread topper valance headboard sleeping-bag dehumidifier airbed futon pouffe footstool nest hamper laundry-basket "
    "wallpaper lino laminate underlay partition doorstop window windows restrictor restrictors hinges handle handles "
    "handrail banister bannister railing railings trellis decking patio paving lawnmower mower strimmer barrow wheelbarrow hosepipe "
    "pergola playhouse wendy-house treehouse climbing-frame seesaw goal goals goalposts hoop basketball-hoop net nets trampette "
    "charger chargers lead leads cable cables plug plugs socket sockets powerbank router dongle "
    # for moving, standing, sensing
    "crutches crutch stick sticks zimmer stander powerchair scooter wheelchairs tray trays headrest armrest footplate footplates "
    "tyre wheels caster castors cushion lapbelt jockey sleepsafe safespace bumpers insoles orthotics splint brace "
    "collar bib bibs chewbuddy chewbuddies fidget swivel spinner spinners peanut ball balls wobble wobble-board balance-board crash-mat crashmat "
    "tunnel egg pod bodysock sock compression weighted lycra vest vests poncho ponchos hammocks swings mirror mirrors "
    "tubes optic optics fibre-optics lava projector projectors diffuser noisemaker metronome kaleidoscope "
    # to learn and make
    "ereader e-reader pen pens whiteboard blackboard flipchart labeller laminator shredder scanner mouse monitor webcam tripod mic mics "
    "mixer-desk decks turntable amplifier amp ukulele violin cello flute recorder clarinet trumpet saxophone keyboard cajon bongos tambourine "
    "harmonica maracas bells xylophone loom knitting-machine sewing-machine overlocker easels paints brushes canvases canvas clay-wheel kiln "
    "dictionary encyclopedia atlas textbook textbooks workbook workbooks flashcards calendar planner diary organiser visual-timetable symbols "
    "doll dolls dollhouse dollshouse teddy puppet puppets marionette puzzle magnets magnet blocks bricks globe "
    "microscope metal-detector drone train-set scalextric skittles dartboard pool-table snooker-table chessboard "
    # to wear and carry
    "scarf scarves mittens mitts hat beanie cap cardigan sweatshirt fleece bodywarmer trousers jeans shorts skirt blouse tracksuit onesie onesies "
    "bra bras underwear knickers boxers nightie dressing-gown swimwear costume rashguard armband snood balaclava belt belts braces tie "
    "handbag purse wallet satchel bumbag holdall trunk cases lanyard wristband bracelet sandals crocs skates skis snowboard snorkel flippers "
    "bat bats stumps pads shinpads gumshields racquets rackets shuttlecocks frisbee kite dumbbells weights kettlebell treadmill rower exercise-bike "
    "crosstrainer punchbag gloves skipping-rope hula-hoop tandem handcycle recumbent balance-bike rickshaw pannier basket bell bicycle tricycles "
    "cooler coolbox stove campbed caravan-awning awning windbreak binocular compass torch lantern headtorch whistle bodyboards wakeboard lifejacket "
    "buoyancy-aid paddle oars trolleybag "
    # pets and growing
    "greenhouse planter planters pots kennel hutch aquarium fishtank vivarium cage leash birdbox feeder saddle "
    # paid once
    "licence passport dbs survey diagnosis "
    "liner liners climber recorder bank powerbank sensor sensors detector bulb bulbs film panel panels padding foam barrier protector robe robes gown cloak wig tank tanks "
    "sticker stickers poster posters pegboard whiteboards clipboard calculator typewriter headlamp hairdryer hood jug cot-bed roller rollers "
    "hook hooks rack racks rails crate crates bucket spade sieve broom hoovers shutter shutters awnings tarpaulin ladder drill saw hammer "
    "screwdriver toolbox workbench printer-ink earbud phonecase stylus mousepad joysticks gamepad handset pager intercom walkie-talkies "
    # toys, games and pastimes
    "duplo playmobil meccano jenga marbles yoyo toy truck tractor digger trainset robot dolls pram figures dinosaur dinosaurs playdough plasticine "
    "slime bubbles bubble-machine parachute tunnel den wigwam teepee tepee playmat ballpit ball-pit rocker seesaw climbing-frame monkey-bars zipwire zip-line "
    "bouncer bouncy-castle stilts hopper pogo scalextric boardgame monopoly uno dominoes karaoke-machine jukebox records cds dvds dvd "
    "vinyl megaphone kazoo bagpipes chanter bodhran banjo mandolin fiddle trombone tuba oboe piccolo glockenspiel djembe cymbals drumsticks plectrum "
    "metallophone handbells amplifier gameboy switch ds wii vr oculus steam-deck joycon dance-mat "
    # clothes
    "thermals thermal shorts swimshorts bikini tankini blazer waistcoat kilt sari hijab turban bandana buff earmuffs galoshes overalls dungarees "
    "boiler-suit salopettes ski-suit onesies babygrow bodysuit bodysuits vests sleepsuits sleepbag slipper trainers pumps loafers brogues heels crocs "
    "tights stockings sock garters watchstrap cagoule mac poncho mitt snowsuit drysuit bodystocking lapel kneepads kneepad elbowpads gaiters spats chaps "
    "bib-shorts cycling-shorts hi-vis hivis tabard apron turban headband hairband scrunchie comb brush brushes hairnet "
    # the home and the garden
    "freezer chiller airer dishrack chopsticks spoon spoons fork forks plates cups mugs beakers straws tumblers flask thermos jar jars tin tins "
    "pressure-cooker slow-cooker steamer grill barbecue bbq griddle wok tray trays timer whisk mop bucket dustpan ironing-board iron clothesline "
    "stepladder steps stepstool stools footrest table-lamp lightbulbs torch fairylights lantern candle clock clocks frame frames painting-easel mirror "
    "shutters voiles rod pole poles fence-panels panels gatepost turf sods soil compost seeds bulbs plants tree trees shrub trough hose sprinkler wheelbarrow rake "
    "fork trowel secateurs shears hedge-trimmer leafblower bench parasols awning sail windchime hen hens chick chickens coop hutch rabbit rabbits guinea-pig guinea-pigs hamster "
    "gerbil tortoise snake lizard gecko budgie parrot canary fish goldfish pond beehive bees aquaponics puppy kitten "
    "door doors doorway threshold handrails grabrails bannisters balustrade skirting plaster tiles tiling floor bathroom wetroom wet-room shower basin toilet loo seat "
    "cistern boiler radiator pump filter softener dehumidifiers purifiers fans heaters aircon air-con conditioner thermostat smoke-alarm sprinklers "
    "extinguisher safe lockbox keypad intercom peephole spyhole chain bolts hinge stop stops stopper wedge corner-guards edging guard guards fireguard socket-covers "
    # moving, resting, being safe
    "pushchairs wheel wheels handgrip grips brake brakes basket pannier tailgate towbar roofbox roof-rack ramp ramps slope hoist hoists slings sling "
    "turner transfer-board slide-sheet slidesheet banana-board standing-frame gait-trainer walkers rollators crutches canes cane splints afos orthoses "
    "bedrail bedrails bed-rails bedguard cotbed mattresses overlay underpad kylie protector protectors wedge bolster positioning peanut gym-ball "
    "beanbags swivel-chair recliners armchairs highchairs booster boosters harnesses buckle buckles houdini strap straps seatpad cosytoes toes footmuff muff raincover "
    "parasol windshield trike-basket stabilizers tagalong tag-along trailer-bike cargo-bike ebike e-bike scooter moped quad boat dinghy canoe raft "
    "wetsuits buoy noodle noodles snorkels fins lilo inflatable paddling-pool hot-tub jacuzzi tubes pods pod swing-seat nest-swing "
    # seeing, hearing, saying, knowing
    "eyegaze eye-gaze communicator talker button buttons bigmack switches switch pad pads keyguard stylus stand stands mount mounts bracket cradle stereo soundbar "
    "alexa echo homepod google-home doorbell doorbells baby-monitor camera cameras cctv webcam gopro binoculars magnifiers loupe reader readers pen-reader "
    "overlays ruler rulers calculator dictionary atlas book books comics album albums annual annuals diary planner chart charts whiteboard pecs symbols flashcard "
    "satnav tracker trackers airtag pendant pendants wristbands bracelet medicalert id-card lanyard thermometer oximeter nebuliser nebulisers suction "
    "pump pumps syringe syringes pillbox dispenser dispensers hearing-aid hearing-aids hearing-loop earplug specs spectacles lenses lens goggles visor "
    # papers and what is paid once
    "report reports survey licence passport permit visa blue-badge badge certificate dbs test exam registration enrolment induction bond "
    "theory-test conversion refit removal disposal survey valuation translation widening "
    # of every kind
    "device devices gadget gadgets appliance appliances aid aids gear furniture equipment playpen playpens hopper kitchen-aid lagging "
    "raiser raisers chime chimes arch arches pikler theraband therabands scissors trackball timetable player walkman toniebox tonies yoto "
    "audiobook audiobooks fitbit polaroid binder folder folders cards polytunnel slab slabs lawn astroturf freewheel handbike cabinet "
    "cubes cube glue-gun marble-run watering-can chime-bar music-box play-kitchen dolls-house wendy-house tree-house bug-hotel bird-bath "
    "swim-nappy swim-nappies swimming-nappy swimming-nappies roof-box tow-bar step-counter food-processor jar-opener tin-opener can-opener lunch-box cool-box ring-binder "
    "golf-clubs pool-cue ball-pool ball-pit therapy-ball gym-ball cross-trainer power-pack battery-pack buoyancy-aid gum-shield nose-clip "
    "garden-room wet-room sensory-room shower-room walk-in-bath shelving-unit wall-unit storage-box storage-boxes toy-box craft-box "
    "sensory-box seatbelt-cover radiator-cover wipes-warmer bottle-warmer resistance-bands clay-tools knitting-needles paddling-pool "
    "record-player flight-simulator steering-wheel ride-on remote-control-car puppet-theatre artificial-grass ceiling-track bath-step "
    "trig-point camp-chair deck-chair rocking-chair rocking-horse body-board wobble-cushion bike-seat dog-tag id-tag name-tag name-tags "
    "maker makers cartridge cartridges flosser stapler sander heat-gun massage-gun foot-spa space-hopper reflective-band model-railway "
    "slot-cars remote-car toy-car card-game hen-house bird-box doll-house train-track race-track felt-tips netball-post car-blind "
    "step strip shirt jersey tracksuits racquets "
    "shelter shelters windshelter frock frocks kimono springs indicator indicators handheld-gps bellows dome domes ottoman ottomans toothbrushes hairbrushes "
    "grip grips sunshade sunshades cuff cuffs toggle toggles pouch pouches wrap wraps shawl shawls bathrobe coaster coasters "
    "placemat placemats drawstring flannels jotter jotters notebook notebooks eraser protractor backscratcher footwarmer handwarmers hotwater-bottle "
    "kilts brolly flatscreen screen screens tripods spotlight spotlights lampshade dimmer keyring keyrings magnets abacus counters dice spinner puzzle "
    "fidget-ring fidget-rings teething-ring stacking-rings swim-ring rubber-ring puller meter launcher finder cue cues chalk crop bow bows arrow arrows quiver reeds rosin yoga-block yoga-blocks ballet-bar grab-bar "
    "grab-bars sheet-music number-line key-safe wrist-rest eye-mask sleep-mask nose-clips swim-cap swim-caps riding-boots "
    "sit-ski monoski bodyboards boogie-board scooterboard rollerboard handlebar handlebars pedals pedal bell bells mudguard trailer trailers sidecar "
    "label labels stamp stamps embosser braillenote braille-machine abacus metronomes stethoscope stopwatch whistle megaphone baton "
    "cummerbund pinafore anklets dressing-up onesies sarong swimvest swim-vest armband wristwatch pillbox spacer inhaler humidifiers"
    "delivery postage fitting installation lift watch door battery-pack check package"
)
"""Things that are bought, when the name ends with the word: "peanut ball", "bath lift"; not "ball games", "watch a film"."""

_NOT_BOUGHT = word_set(
    "fare fares club clubs park place lesson lessons class classes session sessions hire hired rental repair repairs insurance contract sim "
    "bill bills credit course group groups cleaning hall centre arena space service servicing app subscription trip trips riding "
    "ride rides therapy shop pass cover warranty maintenance training coach coaching tuition tutor teacher tennis dancing games hairdresser library"
)

_PLAYED = word_set(
    "football footy footie cricket rugby hockey netball basketball volleyball curling kurling golf boccia badminton athletics archery "
    "cafe theatre cinema circle brigade choir band orchestra disco bingo quiz karaoke camp school nursery playgroup"
)
"""What is done or gone to, though goods are named in it: "table cricket", "drum circle"."""

_EVENTS = word_set(
    "trip trips day days night nights weekend week month year holiday holidays meal meals massage haircut cut lesson visit ticket tickets party camp "
    "break breaks stay stays swim walk show film movie gig concert festival match game fixture taxi cab lift fare membership subscription pass app "
    "treatment appointment tour event taster term block fee fees drink coffee lunch dinner tea breakfast brunch pizza takeaway snack sweets pint burger chips cake "
    "club group course class workshop therapy run jog dance disco ball sleepover residential retreat respite hand help bit go try shot spin tester entry "
    "bus train tram metro coach ferry flight journey outing picnic zoo farm pool gym cinema theatre museum panto play circus fair funfair aquarium pub cafe "
    "place thing one half quote chat talk call check clean service facial manicure pedicure wash blow-dry top-up contract sim tariff plan bundle hour minute "
    "walkies package budget amount rate sum contribution donation tip treat wage hotel lodge caravan cottage airbnb room villa apartment bed-and-breakfast"
)
"""What happens, and may come again: an article before these names no thing that lasts."""


_NO_OBJECTS = _EVENTS | WORKERS | _NOT_BOUGHT


def is_object(words: Sequence[str]) -> bool:
    """Whether a name said with "a" is most likely a thing one has: it is no event, no activity and nobody.

    >>> is_object(["peanut", "zonk"]), is_object(["swim"]), is_object(["dog", "walker"]), is_object(["spot", "of", "bowling"])
    (True, False, False, False)
    """
    if len(words) > 1 and words[-1] in _TAILS:
        words = words[:-1]
    about = next((at for at, word in enumerate(words) if (at and word in _ABOUT) or word == "of"), len(words))
    head = words[about - 1] if about else ""
    if (
        not head
        or set(words[:about]) & _NO_OBJECTS
        or head.rstrip("s") in _NO_OBJECTS
        or words[about : about + 1] == ["of"]
    ):
        return False
    return (
        not head.endswith(("ing", "or", "ist", "ion", "apy", "ics", "ship"))
        and (not head.endswith("er") or head in _THINGS)
        and not set(words[:about]) & _HIRED
    )


def is_done_once(words: Sequence[str]) -> bool:
    """Whether a name is a course, or what a tradesman does: paid once, when nothing says more.

    >>> is_done_once(["photography", "course"]), is_done_once(["electrician", "to", "wire", "it"]), is_done_once(["race", "course"])
    (True, True, False)
    """
    words = [word for word in words if word != "'"]  # "carers' course"
    about = next((at for at, word in enumerate(words) if at and (word in _ABOUT or not word.isalpha())), len(words))
    if about + 1 < len(words) and words[about] == "to" and words[about + 1] in _DONE:
        return True  # "someone to build it"
    if any(one in _ABLE and other in _DONE for one, other in pairwise(words)):
        return True  # "chap at the bike shop can modify her trike"
    return bool(words) and (words[about - 1] in _COURSES or words[0] in _TRADES) and words[0] not in ("golf", "race")


_ABLE = word_set("can could will would")
_COURSES = word_set(
    "course courses training repair repairs fixing modifying altering mending rewiring replastering refurbishment installation renovation repaint repainting"
)
_DONE = word_set(
    "modify alter adjust build fit install assemble lay wire plumb plaster erect decorate tile mend repair fix replace rewire paint insulate convert widen lower"
)
_TRADES = word_set(
    "electrician plumber joiner builder decorator carpenter locksmith roofer glazier plasterer tiler surveyor architect fencer"
)

_THINGS = word_set(
    "indicator projector protector restrictor detector sensor mirror monitor calculator regulator separator vibrator ventilator generator inflator "
    "connector adaptor motor razor refrigerator simulator communicator reflector incubator tractor escalator door floor "
    "blender boiler booster bumper buzzer charger computer conditioner container controller cooker cooler cruiser"
    " cutter defender dehumidifier diffuser dispenser divider drawer drier dryer excluder extender feeder filter"
    " flusher freezer grabber heater holder hoover humidifier juicer jumper ladder lifter locker lounger mixer mower"
    " opener organiser organizer poster printer purifier reacher recliner riser roller scooter sharpener shaver shower"
    " slicer slider slipper speaker spinner spreader sprinkler stabiliser steamer sticker stroller sweeper thermometer"
    " thickener timer toaster topper tower tracker trailer transfer transmitter tumbler warmer washer"
)
"""Goods that end as people do who do something; without it "-er" is rather somebody: a "dog walker"."""
_HIRED = word_set(
    "hire hired rental repair repairs insurance cover warranty service servicing cleaning pass sim subscription credit group club"
)

_TEAMS = word_set("club group")
"""Before what one wears: "club vest"."""

_COVERED = word_set(
    "waterproof strong protective rain mattress bed seat sofa duvet pillow bike chair table trampoline pool cushion"
)
""" "a mattress cover"; cover of other things is insurance, or somebody who stands in."""

_NO_GOODS = (("next", "door"), ("front", "door"), ("lift",), ("door",), ("check",), ("package",))
"""Ends of a name that are none: "Jean next door", a lift in a car."""

_ABOUT = word_set("wi wiv to for with at in on from who that so")
"""Words after which a name says what for: "someone to help with her tablet"."""


def _head(words: Sequence[str]) -> str:
    """The word a name turns on: the last, or that before "of", but for "a pair of boots"."""
    of = next((at for at, word in enumerate(words) if at and word == "of"), 0)
    if of and words[of - 1] not in _SOME_OF:
        return words[of - 1]
    return words[-1] if words else ""


_SOME_OF = word_set("pair pairs set sets box pack packs couple bit lot load bottle bag bundle kind sort type")


def _without_tail(words: Sequence[str]) -> Sequence[str]:
    """Without what says what it is for, and a "thing" behind it: "swim nappy thing", "eye gaze thing for her computer"."""
    about = next((at for at, word in enumerate(words) if at and word in _ABOUT), len(words))
    return words[: about - 1] if about > 1 and words[about - 1] in _TAILS else words[:about]


_TAILS = word_set("thing things thingy bit bits")


def lasts(words: Sequence[str]) -> bool:
    """Whether a thing is bought once.

    >>> lasts(["trike"]), lasts(["trampoline", "place"]), lasts(["new", "goggles"])
    (True, False, True)
    >>> lasts(["peanut", "ball"]), lasts(["ball", "games"]), lasts(["jean", "next", "door"])
    (True, False, False)
    """
    words = [word for word in _without_tail(words) if word != "-"]
    if len(words) > 1 and "-".join(words[-2:]) in HEADS and not _HIRED & set(words[:-2]):
        return True  # "lunch box", "tag along"
    if len(words) > 1 and words[-1] in ("cover", "covers") and words[-2] in _COVERED:
        return True
    head = _head(words)
    if "dog" in words and head == "walker":
        return False
    if len(words) > 1 and {head, head.rstrip("s")} & ASKED_ONCE and not (_HIRED - _TEAMS) & set(words):
        return True  # "riding hat", "tennis racket", "club shirt"
    if "wheelchair" in words[:-1] and head.rstrip("s") not in HEADS and head not in HEADS:
        return False  # "wheelchair ballroom"
    doing = head.endswith("ing") and head not in HEADS  # "bike fettling"
    if not words or doing or head in _PLAYED or any(word in _NOT_BOUGHT or word in WORKERS for word in words):
        return False
    return (
        words[0] in ("new", "spare")
        or any({word, word.rstrip("s")} & ASKED_ONCE for word in words)
        or (bool({head, head.rstrip("s")} & HEADS) and tuple(words[-2:]) not in _NO_GOODS)
    )
