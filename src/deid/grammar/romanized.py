"""Names in Latin letters: Zhang Wei, WANG Xiaoming, Lisa Wang, Chan Tai Man, Dr. Alan Xu, Dear Thomas.

Hanyu Pinyin (GB/T 28039-2011) and the usual Hong Kong and Wade-Giles spellings of surnames.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from deid.regexes import Regex

_PINYIN = (
    "wang li zhang liu chen yang zhao huang zhou wu xu sun hu zhu gao lin he guo ma luo liang song "
    "zheng xie han tang feng yu dong xiao cheng cao yuan deng fu shen zeng peng lv su lu jiang cai "
    "jia ding wei xue ye yan pan du dai xia zhong tian ren fan fang shi yao tan liao zou xiong jin "
    "hao kong bai cui kang mao qiu qin gu hou shao meng long wan duan lei qian yin chang gong hong "
    "ouyang zhuge sima shangguan situ huangfu murong ni yi qiao lai wen pang zhan mei tao ge xing "
    "zhai nie mo ji yue lian hua zuo "
).split()
_OTHER = (
    "chan wong cheung lau leung ng kwok tsang fong chow lam yeung tse hui poon lee ho chiu tsui kwan "
    "yip mak tam siu chung hsu chang tsai lo "
).split()
_FEWER = frozenset(
    (
        "kung ko luk lui mok ngai ngan pun shek shum sit sze szeto tong tso tsoi yam yau yim yiu yuen yung chu chui fok foo fung hau "
        "ip kwong law loo choi choy chau cheuk lim teo ong goh koh chua toh yeo quek ang heng wee loh soh tan"
    ).split()
)
"""Surnames of Hong Kong and Singapore that are words or seldom: before two syllables of there only."""
_ABROAD = _FEWER.union(_OTHER)
# Given names that are no words of English, of medicine or of trade.
_GIVEN_NAMES = frozenset(
    (
        "aarav aaron abdel abdelrahman abdul abdullah abena abigail achieng ada adaeze adam adebayo adrian agatha agnes agnieszka agus agustin ahmad ahmed "
        "aiden aigerim aiko ailsa aino aisha aisyah aizhan ajay akiko akinyi akua alan alastair albert alec alejandra alejandro aleksandr aleksei alessandro "
        "alex alexander alexandra alexei alfie alfonso alfred alfreda ali alice alicia alina alison alistair alonso alonzo alvin alvina amadou amal amanda "
        "amelie amina aminata amir amit amy analyn ananya anastasia anatoly anders andre andrea andreas andrei andres andrew andrey andrzej andy angela "
        "angelina angus anil anita anjali anke ankit anna annabel anne anneliese annette annie annika anthony antoine antonella antonia antonio antti aoife "
        "apinya arash archie ariana arianna ariel arjun arkady arlo armand arnold artem arthur arturo arun ashley ashok astrid attila aubrey audrey aurelie "
        "axel ayesha ayse ayumi aziz azlan babak babatunde barbara barney barry beata beatrice beatrix becky belinda bella ben bence benjamin bennett benny "
        "benoit benson bernadette bernard bernardo bernd bernice bernie bertha bertram beth bettina betty beverly bianca bilal bilqis birgit birgitte bjorn "
        "blanche blessing bob bobby bogdan bonnie boris bowen brad bradley brandon branko brayden brenda brendan brendon brent brett brian brianna bridget "
        "brigitte brittany bruce bryan bryant bryce budi burak byron caleb callie calvin cameron camila camilla camille carl carla carlos carmen carol carolina "
        "caroline carolyn carrie carson casper cassandra cassie catalina catherine cathy catriona cecilia cecily cedric celeste celia celina celine chaim chana "
        "chantal charlene charles charlotte cheikh cheryl chiara chidi chinedu chinonso chioma chloe chris christina christine christoph christopher christy "
        "ciaran cindy claire clara clarence clarissa claudette claudia clayton clement clifford clint clive clyde cody colette colin connie connor conrad "
        "consuelo corey corinne courtney craig cristina cristobal curtis cynthia cyril daisuke daisy damian damien daniel daniela danny daphne darius darlene "
        "darrell darren darryl darya dasha dave david davide deanna debbie deborah debra declan deepak delbert delia delphine demi denise dennis derek derrick "
        "desmond despina dewi dexter diana diane diego dieter dietmar dilshod dimitris dina dinara dinesh divya dmitri dmitry dodo dolores dominic dominica "
        "dominique donald donna donovan dora doreen doris dorota dorothea dorothy doug douglas dragan dulcie duncan dustin dwayne dwight dylan eamon eason "
        "eddie edgar edison edith edmund edna eduardo edward edwin edwina eero effie eileen eitan ekaterina elaina elaine eleanor elena eleni elias elijah elin "
        "elisa elise eliza elizabeta elizabeth elke ella ellen ellie elliot elliott elmer elodie elsa elsie elton elva elvira elvis emeka emiko emil emilia "
        "emilie emilio emily emma emmanuel emmeline emmett emre enid enkhbold enrique eoin ephraim eric erica erik erika erin ernest ernestine ernesto ernie "
        "esme esperanza esteban estella estelle esther eszter ethan ethel etienne eugene eugenia eunice eunji eva evan evangeline evelyn everett evgenia "
        "evgeniy evgeny evie evonne fabian fabien fabio facundo fahad faisal fanny farah farhad farhan farid fatima fatou fatoumata faye federica felicia "
        "felicity felipe felix femi ferdinand fergus fernanda fernando fifi finn fiona fionnuala florian floyd folake frances francesca francis francisco "
        "francois frank franz fred freda freddie frederick freya frida friedrich fritz gabe gabor gabriel gabriela gail galina ganbold ganesh gareth garrett "
        "garry gary gavin geeta gemma genevieve gennady geoff geoffrey george georgina gerald gerard gerhard gerry gertrude gianni gideon gigi gilbert giles "
        "gina ginny giorgio giorgos giovanni gisela giselle giulia giuliano giuseppe gladys glenda glenn gloria godfrey gonzalo goran gordon graham greg "
        "gregory greta gretchen gretel grzegorz guenther guillaume guillermo gulnara gunnar gunther gustav gustavo gwen gwendolyn gwyneth hafiz hailey hakan "
        "hala hamid hamish hamza hanako hanan hanh hank hannah hannelore hans harish harold harriet harry haruka haruto harvey hasan hassan hattie hayden "
        "heather hector heidi heike heinrich heinz helen helena helene helga helmut henrietta henrik henry herbert herman hernan herschel hideo hilary hilda "
        "hiroshi horace horst hortense hossein howard hubert huda hudson hugh hugo humphrey huong hussain hussein hyejin hyunwoo ian ibrahim ibrahima ichiro "
        "idris ifeanyi ignacio ignatius igor ilaria ildiko ilse imad imelda imogen imran indah inez ingeborg ingo ingrid irene irina irvin irving iryna isaac "
        "isabel isabela isabella isabelle isadora isaiah ishaan isla ismail isobel istvan ivan ivana ivo ivy jacek jacinta jack jackie jacky jaclyn jacob "
        "jacqueline jacques jaime jake jamal james jamie jamil jana jane janelle janet janette janice janine jared jarrett jarvis jasmin jasmine jason jasper "
        "javier jayden jean jeanette jeanne jeannie jed jeff jefferson jeffery jeffrey jelena jemima jenna jennifer jenny jens jeremiah jeremy jermaine jerome "
        "jerry jerzy jesse jessica jessie jhun jihoon jill jillian jim jimmy jiri jiro jiwoo jiyeon joachim joan joann joanna joanne joao joaquin jocelyn "
        "jochen jodi jodie jody joe joel joelle joey johann johanna johannes john johnny joko jolene jolie jolin jonah jonas jonathan jorge jose josef joseph "
        "josephine josh joshua josiah josie joyce juan juana judith judy juergen juha julia julian juliana julie julien juliet juliette julius jurgen justin "
        "justine kamau kanako kanya kaori kara kareem karen karena karim karin karina karl karson karthik katarzyna kate katelyn katerina katharine katherine "
        "kathleen kathrin kathy katie katja katrin katrina katya kavita kayla kaylee kazuki kazuko keenan keiko keira keith kelly kelvin kemal ken kendra "
        "kendrick kenji kenneth kenny kenta ketut kevin khadija khaled khalid khalil kieran kimberly kinga kirsten klaus kofi koji kojo konrad konstantin "
        "kostas krishna kristen kristin kristina kristy krystal krzysztof ksenia kseniya kurt kurtis kwame kyle laila lakshmi lamont lana lara larisa larissa "
        "larry lars laszlo latoya laura lauren laurence laurent lawrence layla leah leander leanna leanne leif leila leland lemuel lena lene lenka lenora leo "
        "leon leonard leonardo leonie leonora leopold lerato leroy lesley leslie lester leticia letitia lewis liam libby liesel ligaya lilian lillian lily "
        "linda lindsay lindsey linh linnea linus lionel lisa liz lizzy lloyd lochlan lois lorenzo loretta lori lorna lorraine lottie louie louis louisa louise "
        "luca lucas lucia lucille lucinda lucius lucy ludmila luella luigi luis luisa lukas luke lulu luther lydia lyle lynda lynette lynn lyudmila mabel mable "
        "maddie madeleine madeline madina magdalena maggie mahesh mahmoud mahsa maia maisie majid makoto maksim malachi malcolm malee malgorzata mamadou mamie "
        "mandy manfred manoj manon manuel manuela mara marc marcel marcela marcella marcia marco marcus marek margaret margot maria mariam marian mariana "
        "marianne maribel maricel marie marietta marilyn marina mario marisa marissa marites marivic marketa markus marlene marlon marsha marta martha martin "
        "martina marty marvin mary maryam masako masao masha mateo mateus mathieu mathilde matias matt matteo matthew matthias maureen maurice mauricio mavis "
        "maxime maxine maya mayumi meena megan megumi mehdi mehmet melanie melinda melissa meredith mette mia michael michaela michele michelle mickey micky "
        "miguel mike mikhail mikkel mikko mildred milica millicent millie milos mimi mindy minji minjun minnie minsu miranda miriam misaki mitch mitchell "
        "mohamad mohamed mohammad mohammed moira mollie molly mona monica monika moritz moshe moussa muhammad mukesh murat muriel murray mustafa mwangi mykola "
        "myra nabil nadezhda nadia nadine nancy nanette naoko naomi nasreen nasrin nasser natalia natalie nataliya natalya natasha nathalie nathan nattaya "
        "naveen neha neil nellie nelly nelson nemanja nettie neville ngozi nguyen niamh nicholas nick nicola nicolas nicole nigel nikhil nikita nikki nikolai "
        "nikolay nikos nina nitin njeri nneka noah nodira noelle nolan nomsa noor nora norbert noreen noriko norman nour nursultan nurul nyoman obinna odette "
        "odile oksana oleg oleksandr olena olga oliver olivia olivier olumide omar ophelia oren orson osama oscar oskar osmond oswald otieno otto ousmane owain "
        "owen oyuna ozgur pablo padraig paige pamela paolo parisa patricia patrick patti patty paul paula paulina pauline paulo pavel pawel pedro peggy pekka "
        "penelope percy perry pete peter petr petra phil philip philipp philippa philippe phineas phoebe phuong phyllis pierre piers pilar piotr pippa polina "
        "polly pooja pradeep prakash prasert praveen preeti priscilla priya putri pyotr quang queenie quentin rachael rachel rafael rahul rainer raisa rajesh "
        "rakesh ralf ralph ralphie ramesh rami ramon ramona randall randolph randy rania raphael raquel rashid rasmus ratna raul ravi raymond rebecca reem "
        "reggie regina reginald reinhard rekha renata renate renee reuben reza rhea rhett rhoda rhonda rhys ricardo riccardo richard rick ricky rini rita ritu "
        "rivka rizal rob robbie robby robert roberta roberto robin rochelle roderick rodney rodrigo roger rohit roisin roland rolf romain ron ronald ronnie "
        "rory rosalia rosalie rosalind rosalinda rosanna rosario roscoe rosemary rosie roslyn ross rowan rowena roxana roxanne roy ruben rudolf rudolph rudy "
        "rufus rupert ruslan russell rustam ruth ryan ryota sabine sabrina saburo sachin sadie saeed salem salim sally salma salvatore sam samantha sami samir "
        "samira sammy samuel sandeep sandra sandrine sanjay sara sarah sarnai sasha satoshi saul scarlett scott seamus sean sebastian sebastien segun selena "
        "selina seojun seoyeon serena sergei sergey sergio seth shabnam shane shania shannon shanti sharon shaun shawn sheila sheldon shelley shelly sherman "
        "sherri sherry sherwin shinji shira shirin shirley shlomo shota shreya sian siddharth sidney siegfried sienna sigrid silas silke silvia simeon simon "
        "simone sinclair sinead siobhan sipho siriporn siti skyler slamet snezana sofia solange somchai somsak sonia sonja sonya sooyoung sophia sophie soren "
        "spencer stacey stacy stanislav stanislaw stanley stefan stefanie stefano steffen stella stephan stephania stephanie stephen steve steven stewart "
        "stuart suki sulastri sumit sunil sunita suresh susan susanna susanne sushma susie suzanne suzie suzy sven svetlana swati sybil sylvester sylvia sylvie "
        "tabitha takashi takeshi tamar tamara tammie tammy tanya tara taras tarek tariq tatiana tatyana ted temitope tendai terence teresa teresita tereza "
        "terrance terrence terry tess tessa tetiana thabo thaddeus thanh thelma theo theodor theodore theresa therese thiago thierry thomas thuy tiana tiffany "
        "tilda tim timo timothy timur tina tobias tobin toby todd tom tomas tomasz tommie tommy tomoko tony torsten tracey tracy travis trent trenton trevor "
        "trina trisha trista tristan troy trudy tuan tunde tuya tyler tyrone uchenna ulrich ulrike una ursula usha usman vaclav vadim valarie valentina valeria "
        "valerie valery vanessa vanya vasilis vasily vaughan vaughn velma venkat vera verna vernon veronica veronika veronique vicki vicky victor victoria "
        "vihaan vijay vikram viktor viktoria vince vincent vincenzo vinod virgil vitaly vivek vivian vivien vladimir volker vyacheslav waleed walid wallace "
        "walter wambui wanda wanjiru warren wati wayan wayne wendell wendy wesley wichai wilbert wilbur wilfred wilfredo wilhelm wilhelmina willa william wilma "
        "winifred winnie winona wojciech wolfgang woodrow wyatt xander xavier xenia ximena yaakov yannick yannis yanti yaroslav yasin yasmin yasmine yasser "
        "yekaterina yelena yerlan yetunde yevgeny yitzhak yoko yolanda yosef yoshiko youngsoo yousef youssef yoyo yuji yuki yuko yulia yumi yuri yusuf yusuke "
        "yuto yves yvette yvonne zachariah zachary zack zahra zaid zainab zane zanele zara zdenek zeinab zeke zelda zena zeynep zhanna ziad zinaida zoe zoey "
        "zofia zoltan zoran zoya zsofia zulkifli"
    ).split()
)
_CALLED_LIKE_WORDS = frozenset(
    "may june april august summer autumn joy grace hope faith rose lily ruby amber crystal jade pearl iris daisy ivy sunny candy cherry coco kiki vivi momo fiona angel sky "
    "ada eva amy una mia zoe leo max ray roy guy jay kay dawn eve gene rich mark bill will jack frank sandy penny carol gloria victor bonnie "
    "avery benedict dahlia emerson grover harley kendall kermit minerva myrtle octavia paddy pierce prudence ramsay solomon ulysses viola".split()
)
"""Given names that are words, scales or brands as well: Ramsay 3分."""
_LEADING = frozenset(
    "actually also although and anyway as ask asked because before but call called can could did does every first finally for from had has hello hey hi how however if "
    "is it just last later let maybe meanwhile meet met need next note now ok okay once only our perhaps please remind since so still sure tell thank thanks that the then "
    "there this though today told tomorrow until was we well what when where who why will with would yes yesterday yet".split()
)
"""Words that lead clauses: Actually Andy."""
_CLEAR = frozenset(
    (
        "wang zhang liu chen yang zhao huang zhou xu zhu lin guo luo liang xie song tang feng dong xiao "
        "cao yuan deng zeng peng jiang cai wei xue pan xia zhong tian yao liao zou xiong cui qiu qin shao "
        "meng qian hong lee chan wong cheung lau leung kwok tsang fong chow lam yeung tse poon ouyang "
        "zhuge sima li wu hu gao "
    ).split()
)
_SYLLABLE = r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])?(?:iang|iong|uang|ang|eng|ong|ing|ian|iao|uai|uan|ai|ei|ao|ou|an|en|in|un|ia|ie|iu|ua|uo|ui|ue|ve|er|[aoeiuv]))"
_LETTER = "A-Za-zÀ-ÖØ-öø-ɏẠ-ỹ"
"""Of Latin script: Ben is no name in Benötigt."""
_WORD = rf"[A-ZÀ-ÖØ-ÞĀ-ſẠ-ỹ][{_LETTER}'’\-]{{0,14}}"
_PAIR = Regex(
    rf"(?<![{_LETTER}0-9@._\-])(?<![{_LETTER}0-9.]/)({_WORD})(,? |\^)({_WORD})(?: ({_WORD}))?(?![{_LETTER}0-9@_/])"
)
_PARTICLE = "(?:(?:da|das|de|del|della|der|den|di|do|dos|du|el|al|la|los|van|von|zu|ter|ten|bin|binti|bint|ibn) ){0,2}"
"""Words of surnames that stand in small letters: Maria da Silva, Abdul Rahman bin Ali."""
_TITLED = Regex(
    rf"(?<![{_LETTER}])(?:Prof\. ?)?(?:Dr|Mr|Ms|Mrs|Mdm|Mme|Prof|Miss|Madam|Auntie|Uncle|Frau|Herr)(?:\. {{0,2}}| {{1,2}}|(?=[A-Z][a-z]))(?!Sc\b|Dear )({_PARTICLE}(?:{_WORD}|[A-Z]\.)(?: (?:(?:[A-Z]\.){{1,3}}(?![A-Za-z0-9])|{_PARTICLE}{_WORD})){{0,2}})(?![{_LETTER}0-9@_])"
)
_NAME = rf"({_WORD}(?: (?:{_PARTICLE}{_WORD}|[A-Z]\.)){{0,3}})"
OF_A_THING = Regex(
    r"(?:Drug|Generic|Brand|Trade|Product|Item|Test|Device|Study|Project|Domain|File|Host|Computer|Procedure|Program|Medication|Medicine|Disease|Model|Table|"
    r"Column|Field|Department)[ ]?$",
    re.IGNORECASE,
)
"""Before Name: what is called so is nobody, Generic Name: Amoxicillin. Of hospitals and firms it is no less theirs."""
_OFFICES = "(?:Finance|Legal|Sales|Marketing|Accounts?|Accounting|Support|Operations|Logistics|Procurement|Purchasing|Admin(?:istration)?|Billing|Reception|Compliance|Management|Everyone|Everybody|All|Team|Staff|Human Resources)"
"""Whom mails are for that are nobody."""
_CUED = Regex(
    rf"(?:(?<![A-Za-z])(?:Patient|Client|Guest|Name|To|Cc|From(?![ ](?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day|[ ](?:January|February|March|April|May|June|July|August|September|October|November|December)[ ](?:[0-9]|on|the|onwards?))|Dear|Hi|Hello|I am|I'm|My name is|my name is|Attn)(?![A-Za-z])[:,]?"
    rf"|(?<![A-Za-z])(?:[Rr]egards|[Ss]incerely),?|(?:Thanks|Thank you),?(?=[ ][A-Z][a-z]+(?: [A-Z][a-z]+)?[!,.\n])|(?<![A-Za-z])(?:[Aa]ccount |[Pp]olicy ?)holder,?(?= (?!Terms|Agreement|Benefit|Right|Service)[A-Z][A-Za-z]+ [A-Z])|(?<![A-Za-z])(?:wife|husband|son|daughter|brother|sister|mother|father),?(?= [A-Z][a-z])|翻译|配偶|家属|太太|先生|女婿|丈夫|妻子|老公|外籍(?:患者|病人|客户|医[生师]|专家)?|外宾)[ \n]{{0,3}}:?[ \n]{{0,2}}(?!{_OFFICES}(?![A-Za-z])){_NAME}(?![{_LETTER}0-9@_])"
)
_BEHIND_ROLE = Regex(
    r"(?:[译口]译?员|司机|护士|护工|护理员|陪护|陪诊员|同事|室友|闺蜜|保姆|助理|秘书|导游|学员|客服|前台|本人)[ \n]?"
    r"(阿[A-Z][a-z]{2,9}(?![A-Za-z])|[A-Z][a-zà-ɏ]{2,13}(?=[ ]?\+?[0-9]{7}|已(?:通知|联系|听|签|知|回[复访电])|来[了电院]|说(?!明)|打[来过]?电话))"
    r"|(?:出席|参会|与会|主持):[ ]?([A-Z][a-zà-ɏ]{2,13})(?=、[一-鿿]{1,4}[、,。;\n]|、[一-鿿]{1,4}$)"
)
"""护士Blessing已通知, 客服阿May："""
_LAST = "(?:[Ss]urname|SURNAME|(?:[Ll]ast|[Ff]amily) [Nn]ames?|(?:LAST|FAMILY) NAMES?)"
_FIRST = "(?:(?:[Gg]iven|[Ff]irst) [Nn]ames?|[Ff]orenames?|(?:GIVEN|FIRST) NAMES?|FORENAMES?)"
_PART = rf"([A-Z][{_LETTER}'’\-]{{1,19}}(?: (?!(?:Given|First|Last|Family|Surname|Middle|Sex|Gender|Date|DOB|Nationality|Passport|M|F|GIVEN|FIRST|LAST|FAMILY|SURNAME|MIDDLE|DATE)(?![A-Za-z]))[A-Z][{_LETTER}'’\-]{{1,19}}){{0,2}})"
_LAST_LABEL = rf"(?:姓[ ]?/?[ ]?{_LAST}|{_LAST}[ ]?[/(]?[ ]?姓?[)]?|姓(?:氏|\(?拼音\)?)?)"
_FIRST_LABEL = rf"(?:名字?[ ]?/?[ ]?{_FIRST}|{_FIRST}[ ]?[/(]?[ ]?名?字?[)]?|(?:英文)?名(?:字|\(?拼音\)?)?)"
_IN_FIELDS = Regex(
    rf"(?:(?<![一-鿿A-Za-z])|(?<=申请人)|(?<=护照)|(?<=英文)|(?<=拼音)){_LAST_LABEL}[ :]{{1,3}}{_PART}[ ,;/|\t\n]{{1,4}}{_FIRST_LABEL}[ :]{{1,3}}{_PART}(?![A-Za-z])"
    rf"|(?<![一-鿿A-Za-z]){_FIRST_LABEL}[ :]{{1,3}}{_PART}[ ,;/|\t\n]{{1,4}}{_LAST_LABEL}[ :]{{1,3}}{_PART}(?![A-Za-z])"
)
"""Surname JIN  Given names XIANGSHU, as passports and forms have them, in either order."""
_LABEL_BEFORE = Regex(rf"(?:{_LAST}|{_FIRST}|[Nn]ames?)[ ]+")
_LABEL_BEHIND = Regex(
    r"[ ]+(?:Given|First|Last|Family|Middle|GIVEN|FIRST|LAST|FAMILY|MIDDLE|Surname|SURNAME|Forename)(?: [Nn]ames?| NAMES?)?\Z"
    r"|[ ]?[,.][ ]?(?:DOB|D\.O\.B|Sex|Gender|Age|Nationality|Passport|Tel|Phone|Mobile|Email|E-mail|Address|MRN|Male|Female|Date|Diagnosis|Visit|Ward|Room|Bed|Dept|Department|Ref|Re|ID|Case|Policy|Member|Reference|SEX|AGE|GENDER|MALE|FEMALE|TEL|MOBILE|ADDRESS|DATE|PASSPORT|NATIONALITY)(?: [A-Z][a-z]+)?\Z"
)
"""Labels of forms before and behind a name: SHEN| Given of SHEN Given names YUEQIN, LI Wei|, Sex."""
_LABEL_ALONE = Regex(rf"{_LAST}|{_FIRST}|[Nn]ames?|NAMES?")
_FAMILIAR = Regex(
    r"(?<![A-Za-z])Ah (?:Fatt|Seng|Hock|Huat|Beng|Lian|Kow|Keong|Ming|Chai|Lek|Meng|Heng|Boon|Chong|Kiat|Soon|Choo|Moi|Mei|Ying|Kau|Wah|Sing|Pek|Teck|Leong|Hui|Kong|Lan|Yee|Fong|Chuan|Hwa|Peng|Tee|Tiong|Yong|Swee)(?![A-Za-z])"
)
"""Ah Fatt, as 阿发 is written in Singapore and Penang."""
_BEFORE_TITLE = Regex(
    rf"(?<![A-Za-z0-9@._/])(?:{_NAME}(?= ?(?:先生|女士|小姐|太太|教授|医生|医师|博士|老师|大夫|主任|护士|院长|律师))|(?:(?<=\n)|^){_NAME}(?=[,:] ?[你您]好))",
    re.MULTILINE,
)
"""Nurlan Akhmetov先生, Xiaoyan，你好."""
_DESCRIBED = Regex(
    rf"(?<![A-Za-z0-9@._/] )(?<![A-Za-z0-9@._/]){_NAME}(?=[ ]?[,(][ ]?(?:[男女](?![一-鿿])|[0-9]{{1,3}}岁))"
)
_NO_NAMES = frozenset(
    "reg singapore malaysia thailand japan korea china australia canada america england london tokyo taiwan macau vietnam india germany france italy "
    "all team sir madam mdm doctor dr mr ms mrs miss prof auntie uncle frau herr patient client report colleague colleagues everyone friend "
    "yes no visa world you the a re fw subject date from to cc vip hr it ct mri icu ecg eq fig table section chapter appendix customer click "
    "healthy alive deceased died positive negative none unknown denies diabetes hypertension cancer stroke asthma breast colon coronary "
    "mon tue wed fri sat oncology cardiology neurology urology radiology pathology surgery pediatrics paediatrics dermatology hematology haematology gynecology gynaecology obstetrics orthopedics orthopaedics psychiatry "
    "nephrology gastroenterology endocrinology ophthalmology dentistry rehabilitation nutrition emergency outpatient inpatient physiotherapy "
    "whom admissions coordination enquiries reception healthcare professional provider valued user users guest again so very much dear god name hospital clinic company vivo oppo omron huawei xiaomi samsung apple philips siemens sony nike adidas lego didi uber tesla toyota honda guests friends members parents students reader readers editor".split()
)
_OF_BODIES = frozenset(
    "team partner manager director liaison navigator concierge educator consultant counsel assistant secretary coordinator specialist supervisor service services department division office centre center clinic hospital associate associates support desk committee institute university college school "
    "international limited ltd inc group insurance relations affairs customer quality medicine pharmacy laboratory".split()
)
"""Words that are part of no name: International Patient Services."""
_OF_THINGS = frozenset(
    "wechat weixin facebook instagram twitter linkedin youtube whatsapp line zoom teams excel word powerpoint outlook gmail email mail windows android iphone ipad ios apple huawei xiaomi google plus pro max mini app web "
    "online offline home office mobile phone note notes version model type level grade stage phase part plan total report form list card code test section airlines airport airways "
    "hotel bank street road avenue garden tower plaza building embassy consulate visa master union health care medical center cancer heart child children women university general new old "
    "north south east west great red white black blue green gold golden silver first second third one two three love happy good best big super star sun world life time day night "
    "admin sales leader intern student boss owner founder president chairman senior junior lead chief head officer vice deputy executive business human resources finance legal market marketing "
    "summary translated translation original copy draft final signed page file name birth date sex male female age address history diagnosis discharge admission plan scan image series study "
    "vinci score scale index syndrome disease virus vaccine drug tablet tablets capsule capsules injection room ward bed floor desk".split()
)
"""Words that beside others name things, and persons hardly."""
_PARTS_OF_NAME = Regex(rf"[{_LETTER}'’\\-]+")
_WORD_BEFORE = Regex(r"([A-Z][a-z]{2,14})[ ]\Z")
_LAST_FIRST = Regex(rf'"({_WORD}, {_WORD}(?: {_WORD}){{0,2}})"')
"""Miller, Robert: as tables and mail have them, in quotes for the comma."""
_VIETNAMESE = Regex(
    rf"(?<![{_LETTER}0-9@._\-/])(?:(?:Nguyen|Nguyễn)(?: [A-ZĐ][{_LETTER}]{{1,6}}){{1,3}}"
    rf"|(?:Tran|Trần|Pham|Phạm|Huynh|Huỳnh|Phan|Hoang|Hoàng|Vu|Vũ|Vo|Võ|Dang|Đặng|Bui|Bùi|Do|Đỗ|Ngo|Ngô|Duong|Dương|Le|Lê) (?:Thi|Thị|Van|Văn|Ngoc|Ngọc|Duc|Đức|Huu|Hữu|Quang|Xuan|Xuân|Thanh)(?: [A-ZĐ][{_LETTER}]{{1,6}}){{1,2}})(?![{_LETTER}0-9@_/])"
)
_MALAY = Regex(
    rf"(?<![{_LETTER}0-9@._\-/]){_WORD}(?: {_WORD}){{0,2}} (?:bin|binti|bte|a/l|a/p|s/o|d/o) {_WORD}(?: {_WORD})?(?![{_LETTER}0-9@_/])"
)
"""Mohd Faizal bin Ismail, Kavitha a/p Raman."""
_COMPOUND = Regex(
    rf"(?<![{_LETTER}0-9@._\-/])(?:Au[ -]?[Yy]eung|AU[ -]?YEUNG|Szeto|SZETO|See[ -]?[Tt]o|Sheung[ -]?[Kk]wun)(?: [A-Z][A-Za-z]{{1,6}}){{1,4}}(?![{_LETTER}0-9@_/])"
)
"""Au Yeung Sau Lan."""
_HIS = "mother|father|mom|mum|dad|husband|wife|son|daughter|brother|sister|family|parents?|kids?|child|children|report|results?|appointment|passport|phone|email|visit|file|insurance|surgery|birthday|number|address|case|MRI|CT|scan"
"""What somebody has, and no eponym: Sarah's mother."""
_GIVEN_ALONE = Regex(
    rf"(?<![{_LETTER}0-9._\-/'’])(?<![{_LETTER}0-9._\-]@)(?!(?<=@)[A-Za-z]+[一-鿿])((?:[A-Z]\. )?([A-Z][a-z]{{2,11}}))((?: {_PARTICLE}(?:[A-Z]\. ?)?[A-Z][{_LETTER}'’\-]{{1,14}}){{0,3}})(?:(?=['’]s (?:{_HIS})(?![a-z]))|(?![{_LETTER}0-9@_'’\-]|[./][A-Za-z]))"
)
_BEHIND_COURTESY = Regex(
    rf"(?<![{_LETTER}])(?:[Uu]ncle|[Aa]untie?|[Ss]ister|[Bb]rother|[Nn]urse|[Cc]oach|[Tt]eacher) (([A-Z][a-z]{{2,11}}))((?: [A-Z][{_LETTER}'’\-]{{1,14}})?)(?![{_LETTER}0-9@_])"
)
"""Uncle Bob."""
COURTESY = Regex(r"(?:(?:Mrs|Mr|Ms|Mdm|Mme|Dr|Prof|Miss|Auntie|Aunt|Uncle)\.?|Professor|Doctor) +(?=[A-Z])")
"""What is no part of the name behind it: Auntie Chan."""
_OPENING, _CLOSING = Regex("[EN]'"), Regex(rf"(?<!['’])['’](?=AND\b|OR\b|(?!['’{_LETTER}]))")
_OWNS = Regex("['’]s(?![A-Za-z])")
"""Behind whom something belongs: Mr Poon's MRI."""
_EPONYM = Regex(
    r" ?(?:氏|(?:(?![代取来去看在说拿带送给和的是约到问陪把将会要让联定])[一-鿿]){0,4}(?:[病征癌瘤法术线管孔窝骨]|牵[伸引]|麻痹|现象|模式|认证|手法|技术|握手|体位|综合|评分|量表|分[级期类型]|试验|公式|标准|指数|蛋白|食管|憩室|韧带|反射|机器人|细胞|抗原|抗体|血型|模型|定律|效应|Hospital|score|syndrome|disease))"
)
"""What makes a name that of a sign or a method: Thomas征, Lewis肺癌."""
_CANTONESE = Regex(
    r"(?:[kgh]w|ng|ts|ch|sh|[bpmfdtnlgkhwzcsjy])?(?:yiu|au|ai|ei|oi|ui|iu|ee|oo|eu|uen|iew|ew|eo|ia|ie|wee|oh|ay|a|e|i|o|u)(?:ng|[nmkpt])?",
    re.IGNORECASE,
)
_OF_PLACE = Regex(
    " (?:Village|Road|Street|Court|Estate|Station|Line|Tower|Plaza|Centre|College|Hospital|Kong)(?![a-z])"
)
_BRANDS = frozenset(["lee kum kee", "chow tai fook", "chow sang sang"])
_PLACES = frozenset(
    ["hong kong", "hong kong sar", "wan chai", "ma chau", "lai chi", "hang seng", "kwai fong", "tsing yi"]
)
_GIVEN = Regex(rf"(?:{_SYLLABLE}[-'’ ]?){{1,3}}", re.IGNORECASE)
_SURNAMES = frozenset((*_PINYIN, *_OTHER))
_ALL_SURNAMES = _SURNAMES | frozenset(
    "ai an ao bao bian bu cang cao cen chai chao chong chu cui dang di diao du e fei ge geng gou guan gui hong ji jian jing ju ke kuang lan leng lian ling lou "
    "luan mi miao ming mu nan ning niu nong ou pei ping pu qi qiang qu quan ran rao rong ru ruan sang sha shan shang she sheng shuai si sui suo tong tu weng xi xian "
    "xiang xin xuan xun yao ying you yuan yun zang zha zhuang zhuo zong zou zu chi chen dou kan lang".split()
)
_SPELT = Regex(
    rf"(?:{'|'.join(sorted(_SURNAMES, key=len, reverse=True))})(?:{_SYLLABLE}){{1,3}}", re.IGNORECASE
)
_SYLLABLES = Regex(
    r"(?:(?:zh|ch|sh|[bpmfdtnlgkhjqxrzcsyw])(?:iang|iong|uang|ang|eng|ong|(?<![gkhzcsrfw])ing|ian|iao|uai|uan|ai|ei|ao|ou|an|en|(?<![tdgkhzcsrfw])in|un|ia|ie|iu|ua|uo|ui|ue)"
    r"|(?:[zcs]h|[bpmfdtnlgkhzcsyw])a|(?:[zcs]h|[mdtnlgkhrzcsy])e|(?:[zcs]h|[bpmdtnljqxrzcsy])i|[bpmfw]o|(?:[zcs]h|[bpmfdtnlgkhjqxrzcsyw])u|[nl]v|ang|ai|ao|an|er|a)"
    r"{2,4}(?<![^hiyz]e)(?<!ize)"
)
"""With an e at the end most such words are English: change, residue."""
_PASSPORT = Regex(r"(?<![A-Za-z0-9/])([A-Z]{2,9})/([A-Z]{2,18}(?:-[A-Z]{2,8})?)(?![A-Za-z0-9/])")
"""As on boarding passes and in passports: TAO/JINGXIAN, LIN/CHIH-HAO."""
_OF_HONG_KONG = Regex(
    r"(?<![A-Za-z0-9])([A-Z]{2,7}),? ([A-Z][a-z]{1,6})[ -]([A-Z]?[a-z]{1,6})(?![A-Za-z0-9-])"
    r"(?! [A-Z][a-z])(?:, ([A-Z][a-z]{2,11})(?![A-Za-z0-9-]))?"
)
"""AU Po Yee, Bonnie; LO Wun-yung."""
_WORDS_IN_CAPITALS = frozenset(["SHE", "YOU", "DANG"])
_LEAST_IN_CAPITALS = 10
"""Characters: LAN, WAN and TI, TU-PA are no names."""
_IN_CAPITALS = Regex(r"(?<![A-Za-z0-9])([A-Z]{2,9}), ?([A-Z]{2,8}(?:[- ][A-Z]{2,8}){0,2})(?![A-Za-z0-9-])")
"""As passports and travel permits of Taiwan write it: CHANG, MEI-YUN."""
_WADE = r"(?:hs|ch|ts|tz|sh|[pmftnlkhjsyw])?(?:iang|iung|uang|ieh|ien|iao|uan|ung|ang|eng|ing|ih|ou|ao|ei|ai|eh|in|un|an|en|ua|uo|ui|ia|iu|u|a|i)"
_IN_WADE = Regex(rf"(?<![A-Za-z0-9]){_WADE}, ?{_WADE}-{_WADE}(?![A-Za-z0-9-])", re.IGNORECASE)
"""HSIEH, CHIN-HSIANG, by Wade and Giles."""
_GIVEN_IN_WADE = Regex(rf"{_WADE}-{_WADE}", re.IGNORECASE)
_CAPITAL_SURNAME = Regex(r"(?<![A-Za-z0-9])([A-Z]{2,8}),? ([A-Z][a-z]{3,14})(?![A-Za-z0-9])")
"""QI Liancheng, as journals and letters write it."""

_CAPITALIZED = Regex("[A-Z][A-Za-z]")
_WRITTEN = Regex(rf"{_WORD}(?:(?<=[a-zß-öø-ɏ])|(?:,? |\^)[A-ZÀ-ÖØ-Þ]|/[A-Z])")
"""What every name holds: a small letter in a word with a capital, or two such words. Abbreviations do not: CT, HPV."""


def within_quotes(text: str, start: int, end: int) -> tuple[int, int]:
    """A name without the quotes around it, which may be apostrophes as well, and without what stands behind them.

    >>> within_quotes("x = N'Maria Lopez' OR x = 'y'", 4, 21), within_quotes("N'Golo O'Neil", 0, 13)
    ((6, 17), (0, 13))
    """
    closing = _CLOSING.search(text, start, end + 2)
    if not closing or closing.start() > end:
        return start, end
    opening = _OPENING.match(text, start, closing.start())
    return opening.end() if opening and text[start - 1 : start] != "'" else start, closing.start()


def within_labels(text: str, start: int, end: int) -> tuple[int, int]:
    """A name without the labels of a form that stand around it; empty where there is nothing else.

    >>> within_labels("Surname SHEN Given names YUEQIN", 0, 18), within_labels("Family Name", 7, 11)
    ((8, 12), (11, 11))
    """
    if _LABEL_ALONE.fullmatch(text, start, end):
        return end, end
    before, behind = _LABEL_BEFORE.match(text, start, end), _LABEL_BEHIND.search(text, start, end)
    return before.end() if before else start, behind.start() if behind else end


def find_romanized(text: str) -> Iterator[tuple[int, int, float]]:
    """`(start, end, score)` of names in Latin letters; two neighbours may overlap."""
    if not _CAPITALIZED.search(text):
        return
    for fields in _IN_FIELDS.finditer(text):
        yield from ((*fields.span(part), 0.8) for part in range(1, 5) if fields[part])
    if not _WRITTEN.search(text):
        return
    for match in _TITLED.finditer(text):
        owner = _OWNS.search(text, *match.span(1))
        yield match.start(1), owner.start() if owner else match.end(1), 0.85  # Mr Okoro's wife
    for found in (*_CUED.finditer(text), *_DESCRIBED.finditer(text), *_BEFORE_TITLE.finditer(text)):
        name, span = found[found.lastindex or 0], found.span(found.lastindex or 0)
        if found[0].startswith("Name") and OF_A_THING.search(text, max(0, found.start() - 12), found.start()):
            continue
        words = name.lower().split()
        if (
            words[0] not in _NO_NAMES
            and _OF_BODIES.isdisjoint(words)
            and (len(words) == 1 or _OF_THINGS.isdisjoint(words))
            and any(character.islower() for character in name[1:])
        ):
            yield *span, 0.7
    for behind in _BEHIND_ROLE.finditer(text):
        if may_name(behind[behind.lastindex or 0].lstrip("阿")):
            yield *behind.span(behind.lastindex or 0), 0.65
    for named in (
        *_VIETNAMESE.finditer(text),
        *_MALAY.finditer(text),
        *_COMPOUND.finditer(text),
        *_FAMILIAR.finditer(text),
    ):
        yield *named.span(), 0.62
    for alone in (*_each_with_given(text), *_BEHIND_COURTESY.finditer(text)):
        if alone[2].lower() in _GIVEN_NAMES and not _EPONYM.match(text, alone.end()):  # Kevin, Michael Zhao
            end = alone.end(1)
            for word in _PARTS_OF_NAME.finditer(text, end, alone.end()):
                if word[0].lower() in _NO_NAMES or (end > alone.end(1) and not may_name(word[0])):
                    break
                end = word.end()
            yield alone.start(1), end, 0.55
    for quoted in _LAST_FIRST.finditer(text):
        last, given = quoted[1].split(", ")
        if may_name(last) and any(word.lower() in _GIVEN_NAMES for word in given.split()):
            yield *quoted.span(1), 0.7
    for written in (
        *_PASSPORT.finditer(text),
        *(written for written in _IN_CAPITALS.finditer(text) if len(written[0]) >= _LEAST_IN_CAPITALS),
        *_CAPITAL_SURNAME.finditer(text),
    ):
        given = _GIVEN.fullmatch(written[2]) or _GIVEN_IN_WADE.fullmatch(written[2])
        if given and written[1].lower() in _ALL_SURNAMES:
            yield written.start(), written.end(), 0.62
    for written in _OF_HONG_KONG.finditer(text):
        surname, first, second, other = written.groups()
        if _leads(surname, first, second) and _is_cantonese(first) and _is_cantonese(second.title()):
            end = written.end() if other and may_name(other) else written.end(3)
            yield written.start(), end, 0.65
    for written in _IN_WADE.finditer(text):
        if written[0].isupper() and len(written[0]) >= _LEAST_IN_CAPITALS:
            yield *written.span(), 0.62
    position = 0
    while pair := _PAIR.search(text, position):
        position = pair.end(1)
        first, second, third = pair[1], pair[3], pair[4]
        led = _WORD_BEFORE.search(text, max(0, pair.start() - 16), pair.start()) if "," in pair[2] else None
        if led and _given(led[1]):
            continue  # Zhigang Lu, Zhengzhou Hospital
        if first.lower() in _SURNAMES and _plausible(second, first):
            if f"{first} {second}".lower() in _PLACES:
                position = pair.end(3)
                continue
            hong_kong = bool(third) and _plausible(third, first) and len(second) <= 5 and len(third) <= 6
            end = pair.end(4) if hong_kong else pair.end(3)
            yield pair.start(), end, 0.65
            position = end
        elif third and _is_cantonese_name(first, second, third) and not _OF_PLACE.match(text, pair.end(4)):
            if f"{first} {second} {third}".lower() not in _BRANDS:
                yield pair.start(), pair.end(4), 0.65  # Ho Lok San
                position = pair.end(4)
        elif "-" in second and first.lower() in _ABROAD and _is_hyphened(second):
            yield pair.start(), pair.end(3), 0.62  # Fung Ka-yan
            position = pair.end(3)
        elif second.lower() in _CLEAR and pair[2] == " " and second[1:].islower() and _given(first):
            yield pair.start(), pair.end(3), 0.6
            position = pair.end(3)


def _each_with_given(text: str) -> Iterator[re.Match[str]]:
    """Words with capitals, of which the first is a given name where it does not lead a clause: Andy of Actually Andy."""
    position = 0
    while found := _GIVEN_ALONE.search(text, position):
        yield found
        position = found.start(3) + 1 if found[3] and found[2].lower() in _LEADING else found.end()


def may_name(words: str) -> bool:
    """Whether nothing speaks against words with capitals being somebody: no office, label, body or brand, and no abbreviation.

    >>> [may_name(words) for words in ("Grace Odhiambo", "L.H. Qing", "Visa Section", "WeChat", "HIV")]
    [True, True, False, False, False]
    """
    parts = _PARTS_OF_NAME.findall(words)
    if not parts or not any(part[1:].islower() or len(part) > 2 for part in parts):
        return False
    if len(parts) == 1 and parts[0].isupper():
        return False
    lower = {part.lower() for part in parts}
    if words.lower() in _BRANDS:
        return False
    return lower.isdisjoint(_NO_NAMES) and lower.isdisjoint(_OF_BODIES) and lower.isdisjoint(_OF_THINGS)


def is_abbreviated(words: str) -> bool:
    """Whether words in capitals are too few letters for a name: LAN, WAN."""
    return words.isupper() and len(words) < _LEAST_IN_CAPITALS


def is_eponym_at(text: str, end: int) -> bool:
    """Whether what ends there is called after somebody: Guillain Barre综合征."""
    return _EPONYM.match(text, end) is not None


def is_given(word: str) -> bool:
    """Whether it is a given name that is no word: Kevin."""
    return word.lower() in _GIVEN_NAMES


def may_call(word: str) -> bool:
    """Whether somebody may be called so by a given name, be it a word as well: Kevin, Hope, May."""
    return word in _GIVEN_NAMES or word in _CALLED_LIKE_WORDS


def is_surname(word: str) -> bool:
    """Whether small letters are a Chinese surname in pinyin, or as it is spelt in Hong Kong: xie, cheung."""
    return word in _ALL_SURNAMES


def is_syllables(word: str) -> bool:
    """Whether a word, hyphened or not, reads as one to three syllables of Chinese: Wen-Li, lingyun."""
    return _GIVEN.fullmatch(word) is not None


def is_post(word: str) -> bool:
    """Whether a word says what somebody is or where he works: Associate."""
    return word.lower() in _OF_BODIES


def is_spelt(word: str) -> bool:
    """Whether a word of small or capital letters may be a whole name in pinyin, without a gap.

    >>> [is_spelt(word) for word in ("Zhangsan", "ouyangjia", "WANGXM", "patient", "zhang")]
    [True, True, False, False, False]
    """
    return _SPELT.fullmatch(word) is not None


def has_chinese_syllables(word: str) -> bool:
    """Whether small letters read as two to four syllables, surname or not: guilan, pingjie."""
    return _SYLLABLES.fullmatch(word) is not None


def _plausible(given: str, surname: str) -> bool:
    """Whether `given` reads as one to three syllables, in a letter case that goes with the surname's."""
    if len(given) < 2 or (not _GIVEN.fullmatch(given) and given.lower() not in _SURNAMES):
        return False
    return given[1:].islower() or (given.isupper() and surname.isupper()) or "-" in given


def _leads(surname: str, first: str, second: str) -> bool:
    """Whether capitals are a surname of Hong Kong, or one of the mainland before two syllables that call no thing."""
    if surname.lower() in _ABROAD or surname == "AU":
        return True
    is_word = surname in _WORDS_IN_CAPITALS or len(surname) <= 2
    return (
        not is_word
        and surname.lower() in _ALL_SURNAMES
        and _OF_THINGS.isdisjoint((first.lower(), second.lower()))
    )


def _is_cantonese(word: str) -> bool:
    """Whether a word with a capital reads as a syllable of Hong Kong: Lok, Suk, Keung."""
    return word.istitle() and _CANTONESE.fullmatch(word) is not None


def _is_cantonese_name(first: str, second: str, third: str) -> bool:
    """Ho Lok San, YUEN WAI MING: a surname of Hong Kong or Singapore and two syllables, neither of which names a thing."""
    if first.lower() in _OTHER and _is_cantonese(second) and _is_cantonese(third):
        return True
    syllables = second.lower(), third.lower()
    return (
        first.lower() in _ABROAD
        and f"{second}{third}".isupper() == first.isupper()
        and all(map(_CANTONESE.fullmatch, syllables))
        and _OF_THINGS.isdisjoint(syllables)
    )


def _is_hyphened(given: str) -> bool:
    return all(map(_CANTONESE.fullmatch, given.lower().split("-")))


def _given(word: str) -> bool:
    """A given name, pinyin or English; no abbreviation and no title."""
    return len(word) >= 3 and word[1:].islower() and word.lower() not in _NO_NAMES
