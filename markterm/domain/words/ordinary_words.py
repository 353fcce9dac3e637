"""Words of English that people are called as well: May, Will, Hope, Mark, Baker, Young.

A list of our own: given names and family names that are words too, the months and days, and the words of assessing
with which a line of a screen or of a note begins. Such a word alone tells nobody; what stands beside it may. A name
that is a word only in another language, or in old trades that nobody writes of (Parker, Tucker), is a name.
"""

from __future__ import annotations

from markterm.domain.words.letters import plain

_MONTHS_AND_DAYS = """
april august autumn christmas december easter february friday january july june march may monday noel november october
saturday september spring summer sunday thursday tuesday wednesday winter
"""
_NAMES = """
abbey abbot able ace acres alder amber an angel archer armour art as ash aspen aster avid back baker ball bank banks
bar barber barn baron barrel barrow bass batten battle bay beach beam bean bear beard beaver beck bee bell belt bench
bent berry best bill binding birch bird bishop black blacksmith blade blanch bland blank blaze bliss bloom blossom
blow blue board boat bold bolt bond bone bonny book booker boot booth border boss bottom boulder bow bowl bowler box
brace branch brand brandy bread breeze brewer briar brick bride bridge bridges bright britain broad brook brooks broom
brown browning bruise brush buck buckle bud buddy bull bullock bunny burden burn burns bush buster butcher butler
butter button byte cage cake call camp can candle cannon cape carpenter carrier cart carver case cash castle cat cedar
chamber chambers champion chance change channel chapel chapter charge charity chase cheese chef cherry chew child chin
chip church clamp clay clean clear clerk cliff clock close cloud clover coach coal coats cock coffin coin cold collar
comb cook cool cope copper coral cord corn corner cotton couch counter court cousin coward crab craft crane cricket
crisp crook cross crow crown cruise crush crystal cure curry curtain cutter cyan daisy dale dark dart dash dawn day
days dean dear deer delay delight dell den dent destiny dial diamond dish ditch do dock doll dollar donkey door dot
dove down downs drain drake draper draw drew drink driver drum dry duck duke dun dust dyke eagle early earnest east
ebony eden edge elder ember english eternity ever ewe fair faith falcon fall fan farmer fast faulty fear feather fell
fellow fence fern field fields finch fine fir firm fish fisher fist flag flash flat fleet flint flip flood flower
flowers fly foot footman forbid ford foreman forest forester fort fortune foster found fountain fowl fox frame france
frank free french friend frost fry full funk furnace gable gain gale gall gallant gamble game garden gardener gate
gates gauge gaunt gay gem gene genesis genius gent german gift gill gilt gin ginger glad glass glaze glory glover goat
goes gold good goose gore gown grace grain grand grange grant grave graves gray grease great green greet grey grief
grim grist groom grove guard guest gull gun gunner guy hack hail hall ham hammer hand hands handy happy hard hardy
hare harmony harp harrow harvest hatch hatter haven hawk hay hazel head heal heap heard hearse heater heath heather
heaven hedge hedges held helm hem hen herald herb herd heritage hero heron herring hick hide high hill hills hilt hind
hire hobby hog hold holder holding holland hollow holly home honesty honey honor honour hood hook hooker hop hope horn
horse host house how howl hull humble hunt hunter husband hush hut ice idle inch ink ire iris iron irons isle israel
ivory ivy jacket jade jam jar jasmine jet jewel job jobs jolly journey joy judge jump junior juniper junk just justice
keen keep keeper kettle key kid kill kind king kings kiss kit kite knight knock knot lace lad lake lamb lamp lance
land landing lane lark lash lass last laugh laundry laurel lavender lawn laws lay lead leader leaf league lean leap
learn leather leaves lee leek legacy lemon lent less lever liberty light lilac lily limb lime line ling link lion list
litter little loch lock locke lodge loft long longest loom lord lot louder love lovely lover low lower loyal luck
lucky lumen lung lush mace magic maiden major male mall mallet malt man manger manifold manly manner manners many
maple marine mark marker market marks marriage mars marsh marshal marten mash mask mason mast masters mat match matter
mayor meadow mean means measure meek mellow melody memory mercy merit merry messenger mew middle mild mile mill miller
mills mine minor mint minty mist misty mock mole money monk moody moon moose moral more morning moss most mould mound
mount mountain mouse mullet murky musk mustard myrtle nail nation navy neal near neat neck need nettle new nice night
noble nock noon north nose note notes nova nun oak oats ocean offer old oldest olive opal orange orchard orchid order
organ osier other otter outlaw oven over pace pack packer paddy page pain paine painter paisley pan pansy parcel
parent paris park parrot parson part parting partridge pass past pat patch pate paten patience pattern pauper pay
peace peach peacock pear pearl peck peel peer peg pen penny pepper perch perfect perk perry petal petty pickle pie pig
pigeon pike pilgrim pill pillar pilot pinch pine pink pip pipe piper pit pitcher place plain plane plant plaster play
player pleasant plow plum plumb plumber pocket poet point pole pond pool poor pope popper poppy port porter post posy
pot potter pound pounds powder power powers pray preacher precious preece press price pride priest prime prince
princess print prior promise proper proud prudence prune pry pull pump punch purchase purple purse quail quarry
quarter queen quest quill rabbit race rack raft rail rain rainbow ram ramp ranger rank ranks rant raven read reader
reading ready reason red reef regal regent rein rent revel reward rice rich richer ride rider ridge ring rip ripper
rise river rivers road roads roam roast rob robe robin rock rocky rod roe rogue role roll roller rook room root rose
rosemary rosy rough round row rowing royal ruby rue ruff rules rump rush rust rusty rye sack saddler saffron sage sail
sailor saint sale salmon salt sample sampler sand sands sandy sapphire savage save saver saw say sayer scales scarlet
scholar school score scout screech seal seaman search season seat second see seed self sell seller serene serenity
sergeant session settle shade shaft sharp shave shaw shears shed sheep shell shepherd shield shine ship shoe shoemaker
shook shore short shorter shoulder shower shrub shy silk silver simple sing singer single skill skipper sky slack
slate sleep sly small smart smile smithy smoke smooth snail snare snipe snow soap sol sole son song sorrel soul south
spade spare spark sparrow speak spear speed speight spice spike spink spinner spirit spur square squire stable stack
stacks stain stamp stamper stand standing star starling start state steed steel steer stem stent step steward stick
stile still stirrup stock stocks stoker stone stones storer stork storm stormy story stout strand strange stranger
straw street strength stride string strong sturdy style such suite summers sun sunny sunshine super sure surety
swallow swan sweep sweet swift sword tab table tack tad tailor tale tall tar tawny teacher teal team tell teller
temper temperance temple tenant test thick thing thorn thorns thrift thrower thrush tickle tidy tie tiger tile tiler
till tiller timber time tin tinker tiny tip title toad toll tomb tongue took top torn towel tower towers town towns
toy trace trail train trainer trap travel traveller tree trees trench trickle trim trip trout true trump trust truth
try tuck tulip turf turn turning twist unity upright usher vale valentine valley vane veal velvet verity vicar vice
victory vie vine vineyard violet virtue vital vivid wadding wade wager wagon waiter wake walk walker wall waller walls
want wanted ward warden wardrobe wares warm warmer warrant warren warrior wash water waterfall waterman waters watt
watts wave wax way ways weal wealth weaver web wedge weeks weight weir welcome weld well weller wellman wells welsh
west western whale wharf wheat wheel wheeler wheelwright whip whisker whit white whiting wick wicker wide wild wilder
will willing willow wills wilt win winch wind winder window winds windy wine wing wink winner winters wisdom wise wish
wit wold wolf wonder wood wooden woodland woodman woods woody wool word words work worker workman world worth wrath
wren wright yard yards yarrow yates yeoman yew yield young younger youngest zen zest
"""
_ASSESSING = """
about above according account achieve action actions activity add added advice after again agree agreed aim all along
already also although always amend amended and another answer any appeal appendix applied apply approach appropriate
are area aspect assess assessed assessing assessment assessor assessors assignment assurance at attempt audience
author authority award awarding be because been before begin behaviour below benefit beside between body both brief
briefing bring business but by candidate candidates card care carry caseload category cause centre certificate check
checked choice chose cite cited claim clarify class clause clearly client clients closed closing coaching code column
combined command comment comments compare competence complete completed concept conclude conclusion condition
conference confirm conflict consider content context contract control coordinator correct could course cover coverage
covered credit credits criteria criterion critical critically current customer cycle date dated dates decide decided
decision declaration declare declared define delete deliver demonstrate demonstrated describe described description
design detail details develop development diagram diary did difference differences diploma direct discuss discussion
document does done draft during dwell each edit effect effective else email end ensure enter error escape ethics
evaluate evaluation even event every evidence example examples excellent expect explain explained explanation extend
external extract fail feedback few figure file files filter find first five folder follow following for form formal
format four from function general get give given go goal goals going graph group grow guidance guide had has have
having he heading health help her here hers highlight him his history hour hours however idea identify if image impact
implement improve improvement in include included increase index individual induction inform information input insert
institute integrate interim internal interview into introduction investigate is issue issues it its journal justify
keys knowledge known label language large later law leadership learner learners learning legal length lesson letter
level library like limit linked lists load local log logs look lost main make makes making manage management manager
managers mandatory marked marking material matrix maybe me meeting member members mentor mentoring met method methods
mind minute minutes missing model models module moment month months moreover must my name named names narrative
national never next no none nor not nothing now number objective objectives observation observe observed of off on
once one only open operation opinion option or original our out outcome outcomes outline outstanding own owner paper
paragraph parts passage passed passes pending people per percent performance period person personal photo photograph
picture pin plan planned planning plans please policy portfolio positive possible practical practice present
presentation principle problem procedure process produce product profession professional profile programme progress
project proof proposal provide provided public purpose put qualification quality question questions quick quote range
rate rather re reached record recorded records refer reference references referral referred reflect reflection
reflections reflective register registration regular regulation relate relation release released relevant reliable
remark remarks remember remove report reports request required requirement research respond response responsibility
result results retired return review reviewed reviews revise rewrite right risk risks rule safe safety said same
sampled sampling scale scenario scheme scored screen scroll section sections sector select send sent sentence separate
service sessions set seven several shall share she sheet sheets should show shown shows side sign signature signed
since site situation six size skills slide slides so social some source sources specific staff stage stakeholder
standard standards stands started statement statements status steps strengths structure student students study subject
submission submit submitted sufficient suggest suitable summary supervisor support supported survey system take taken
talk target task tasks teaching technical technique template ten text thank thanks that the their them theme then
theory there these they third this those though three through to together tool tools topic total track training
transcript two type under understand understanding unit units until unverified up update updated upon us use used
useful user using valid value values verb verified verifier verify version very video view visit waiting waits was we
weak week what when where whether which while who whole whose why with within without witness wording worked working
workplace works would write writing written year yes yet you your zero
"""

ORDINARY_WORDS = frozenset(f"{_MONTHS_AND_DAYS} {_NAMES} {_ASSESSING}".split())


def is_ordinary(word: str) -> bool:
    """Whether a word, in any capitals and with or without accents, may stand in an English text and name nobody."""
    return plain(word) in ORDINARY_WORDS
