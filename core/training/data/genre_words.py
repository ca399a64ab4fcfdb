"""The genre words of the world by category: a table, for a genre is free text in the language of whoever tagged it.

Words are written as people write them; ``genres`` strips case, accents and punctuation on both sides. An entry of
several words is one term ("drum and bass"), in which "and" stands for & and + too.
"""

# ruff: noqa: RUF001 - Cyrillic letters look like Latin ones

STRONG = {
    "rock": """rock; metal; heavy; punk; grunge; hardcore; emo; screamo; thrash; rocker; rock and roll;
        rock n roll; rocknroll; rockabilly; psychobilly; metalcore; deathcore; grindcore; djent; shoegaze; stoner;
        sludge; britrock; aor; hair metal; nwobhm; garage rock; surf; post punk; post rock; math rock; krautrock;
        goth; gothic; visual kei; doom; black metal; death metal; pop punk; ska punk; celtic rock; classic rock;
        art rock; soft rock; pop rock; folk rock; blues rock; country rock; jazz metal; rock opera; symphonic rock;
        symphonic metal; electronic rock; industrial metal; industrial rock; rap metal; rap rock; nu metal;
        christian rock; metall; rocková; roquero; rokk; rok; rokowa; рок; метал; металл; металлика; панк; гранж;
        хардкор; ロック; メタル; パンク; ヘヴィメタル; ハードコア; ビジュアル系; 摇滚; 搖滾; 金属; 록; 메탈;
        펑크록""",
    "pop": """pop; disco; synthpop; synth pop; electropop; electro pop; dance pop; new wave; neue deutsche welle;
        ndw; schlager; eurodance; eurodisco; eurobeat; europop; britpop; bubblegum; boy band; girl group; hi nrg;
        italo disco; italodisco; j pop; jpop; k pop; kpop; c pop; cantopop; mandopop; city pop; popmusik; variete;
        chanson; varietes; musica leggera; cancion melodica; ye ye; disco polo; top 40; ballad; ballade; ballads;
        balada; baladas; italo pop; indie pop; folk pop; pop folk; art pop; dream pop; power pop; country pop;
        easy listening; crooner; nederpop; levenslied; smartlap; chalga; turbo folk; popular; поп; попса;
        попмузыка; эстрада; диско; шансон; советская; ポップ; ポップス; ポピュラー; 歌謡曲; 演歌; ディスコ;
        アイドル; シンセポップ; ニューウェーブ; 流行; 华语; 華語; 팝; 가요; 발라드; 댄스팝; 트로트; retro disco;
        power ballad; slow jam pop; vocal pop; eurovision""",
    "electronic": """electronic; electronica; elektronik; elektronica; elektronische; elektronisch; electronique;
        electronico; elettronica; eletronica; eletronico; elektroniczna; elektronika; elektronische musik; electro;
        elektro; techno; house; trance; edm; dubstep; idm; rave; gabber; hardstyle; drum and bass; drum n bass;
        drumnbass; d and b; dnb; jungle; breakbeat; breakcore; breaks; big beat; downtempo; ambient; chillout;
        chill out; chillwave; vaporwave; synthwave; retrowave; trip hop; triphop; industrial; ebm; aggrotech; acid;
        eurohouse; electronic dance; electronic dance music; electroclash; glitch; psytrance; goa; minimal;
        uk garage; 2 step; speed garage; bass music; bassline; future bass; moombahton; drone; dark ambient;
        darkwave; coldwave; dark wave; chiptune; 8 bit; 8bit; bitpop; happy hardcore; hardcore techno; footwork;
        juke; grime instrumental; lounge; club; nightcore; deep house; nu disco; electro house; electro swing;
        tech house; progressive house; tropical house; dance electronic; acid house; acid techno; hands up;
        jumpstyle; wave; электроника; электронная; электро; техно; хаус; транс; эмбиент; драм н бейс;
        драм энд бэйс; драмнбейс; дабстеп; エレクトロニック; エレクトロニカ; エレクトロ; テクノ; ハウス; トランス;
        アンビエント; ダブステップ; ドラムンベース; 電子; 电子; 일렉트로닉; 일렉트로니카; 전자""",
    "hiphop": """hip hop; hiphop; rap; rapper; trap; r and b; rnb; r n b; r b; rhythm and blues; rhythm n blues;
        urban; gangsta; gangster rap; grime; drill; boom bap; crunk; g funk; contemporary r and b; new jack swing;
        turntablism; deutschrap; rap francais; jazz rap; freestyle rap; east coast; west coast; dirty south;
        lo fi hip hop; cloud rap; instrumental hip hop; urbana; urbano; rapcore; chap hop; nerdcore; рэп; рэпчик;
        хип хоп; хипхоп; реп; ヒップホップ; ラップ; r アンド b; アールアンドビー; 嘻哈; 说唱; 說唱; 힙합; 랩;
        알앤비""",
    "jazz": """jazz; swing; bebop; be bop; hard bop; post bop; bop; fusion; jazz fusion; jazz rock; dixieland;
        dixie; ragtime; big band; bigband; acid jazz; smooth jazz; cool jazz; free jazz; nu jazz; latin jazz;
        soul jazz; jazz funk; gypsy jazz; manouche; jazz manouche; vocal jazz; avant garde jazz; jazz blues;
        stride; boogie woogie; jazz house; jive; jazzowa; jazzy; jazzmusik; джаз; свинг; ジャズ; スウィング;
        ビバップ; フュージョン; 爵士; 재즈""",
    "blues": """blues; soul; motown; funk; funky; neo soul; gospel; northern soul; delta blues; chicago blues;
        doo wop; doowop; p funk; rare groove; quiet storm; psychedelic soul; funk soul; soul music; stax;
        spiritual; spirituals; bluesowa; блюз; соул; фанк; госпел; ブルース; ソウル; ファンク; ゴスペル; 蓝调;
        藍調; 布鲁斯; 灵魂; 블루스; 소울; 펑크 소울""",
    "classical": """classical; classic music; klassik; klassisch; klassische; classique; classica; clasica;
        clasico; classico; klassiek; klassieke; klasyka; klasyczna; poważna; klasszikus; klassisk; klasik;
        orchestra; orchestral; orchester; orchestermusik; orchestre; orquesta; orquestra; orkiestra; symphony;
        symphonic; symphonie; sinfonie; sinfonia; symfonia; symfonie; opera; oper; opernmusik; operette; operetta;
        opere; chamber; chamber music; kammermusik; musique de chambre; musica da camera; musica de camara;
        baroque; barock; barocco; barroco; barok; renaissance; medieval; mittelalter; early music; alte musik;
        concerto; konzert; sonata; sonate; sonatas; choral; chormusik; choir; chor; chorale; kirchenmusik; sacred;
        sacra; sacree; gregorian; gregorianik; oratorio; cantata; kantate; requiem; mass; string quartet;
        streichquartett; contemporary classical; modern classical; neoclassical; neo classical; neue musik;
        avantgarde classical; lied; lieder; kunstlied; romantic era; ballet; ballett; organ; orgelmusik;
        klaviermusik; zarzuela; классика; классическая; классический; симфония; симфоническая; опера; оперетта;
        камерная; барокко; хор; хоровая; духовная; クラシック; クラシカル; 古典; オペラ; 交響曲; 管弦楽; 室内楽;
        協奏曲; バロック; 合唱; 歌剧; 交响; 클래식; 오페라; 교향곡""",
    "country": """country; bluegrass; americana; folk; folklore; folklorica; folclore; folclor; folk music;
        folkmusik; volksmusik; volkstumlich; volkstumliche; volkstumliche musik; liedermacher; singer songwriter;
        songwriter; cantautor; cantautore; cantautori; cantautorale; auteur compositeur; traditional folk;
        alt country; alternative country; honky tonk; outlaw country; western; western swing; hillbilly; old time;
        sea shanty; shanty; shanties; szanty; indie folk; anti folk; antifolk; neofolk; neo folk; folk country;
        country folk; country blues; canzone d autore; nueva trova; trova; poezja spiewana; piosenka autorska;
        ludowa; volkslied; volkslieder; volksmuziek; kleinkunst; folkowa; folklor; musica folk;
        musique folklorique; фолк; кантри; народная; народные; фольклор; бард; барды; бардовская; авторская песня;
        авторская; бардовская песня; カントリー; フォーク; 民謡; ブルーグラス; 乡村; 鄉村; 民谣; 民謠; 컨트리;
        포크; 민요""",
    "latin": """latin; latino; latina; latine; lateinamerikanisch; salsa; reggaeton; regueton; bossa nova;
        bossanova; bossa; samba; merengue; bachata; cumbia; tango; mambo; rumba; rumba flamenca; cha cha; chacha;
        cha cha cha; bolero; son cubano; mpb; forro; pagode; sertanejo; sertaneja; mariachi; ranchera; rancheras;
        norteno; norteña; corrido; corridos; tejano; vallenato; banda; latin pop; pop latino; latin rock;
        rock en espanol; axe; baile funk; funk carioca; choro; chorinho; kizomba; lambada; tropicalia;
        musica tropical; tropical; milonga; huayno; boogaloo; flamenco; fado; brazilian; brasil; brasileira; cuban;
        afro cuban; латино; латинская; латиноамериканская; сальса; самба; танго; босса нова; ラテン; サルサ;
        サンバ; ボサノバ; ボサノヴァ; タンゴ; 拉丁; 라틴; 보사노바; 살사; 탱고""",
    "reggae": """reggae; ska; dub; dancehall; ragga; raggamuffin; rocksteady; roots reggae; lovers rock; two tone;
        2 tone; ska jazz; reggae fusion; dub reggae; jamaican; nyabinghi; regge; регги; рэгги; ска; даб; дэнсхолл;
        レゲエ; スカ; ダブ; ダンスホール; 雷鬼; 레게""",
    "world": """world music; worldmusic; worldbeat; weltmusik; musique du monde; musiques du monde;
        musica del mondo; musica del mundo; musicas do mundo; musica do mundo; wereldmuziek; muzyka swiata;
        african; afrikanisch; africaine; africana; afrobeat; afrobeats; afropop; afro; soukous; highlife; mbalax;
        amapiano; kwaito; celtic; keltisch; celtique; celtica; celta; celtycka; irish; irisch; scottish; indian;
        bollywood; hindi; bhangra; carnatic; hindustani; raga; qawwali; filmi; indian classical; indian pop; asian;
        asiatique; oriental; orientalisch; arabic; arabesque; arabisch; arabe; rai; turkish; turku; balkan;
        balkan brass; klezmer; gypsy; romani; polka; zydeco; cajun; calypso; soca; zouk; hawaiian; polynesian;
        ethnic; ethno; ethnique; etnica; etnico; etniczna; gamelan; mongolian; tibetan; tuvan; throat singing;
        native american; andean; israeli; persian; greek; laiko; rebetiko; chinese traditional; enka traditional;
        world fusion; musette; bal musette; jodel; yodel; этническая; этника; этно; мировая; музыка мира;
        кельтская; цыганская; африканская; восточная; индийская; 民族音楽; ワールドミュージック; ケルト;
        アイリッシュ; 世界; 民族; 월드뮤직; 국악""",
    "soundtrack": """soundtrack; soundtracks; sound track; ost; o s t; original soundtrack; score; film score;
        scores; filmmusik; filmmuziek; film music; movie; movies; bande originale; bande son; musique de film; b o;
        colonna sonora; colonne sonore; banda sonora; trilha sonora; banda original; muzyka filmowa; filmowa;
        sciezka dzwiekowa; game; game music; games; video game; video game music; videogame; vgm; spielemusik;
        videospiel; jeu video; jeux video; musica de videojuegos; videojuegos; musical; musicals; musicale comedie;
        comedie musicale; broadway; show tunes; showtunes; show tune; theater; theatre music; tv; television;
        anime; disney; trailer; cinematic; kinomusik; саундтрек; саундтреки; музыка из фильмов; из фильмов;
        киномузыка; музыка из кинофильмов; мюзикл; из игр; サウンドトラック; サントラ; アニメ; アニソン; ゲーム;
        ゲーム音楽; 映画音楽; ミュージカル; 劇伴; 原声; 原聲; 影视; 动漫; 사운드트랙; 영화음악; 게임음악; 뮤지컬;
        드라마""",
    "instrumental": """new age; newage; new age music; meditation; meditative; relaxation; relax; healing;
        entspannung; meditacion; meditazione; meditacao; relaxace; нью эйдж; медитация; медитативная; релакс;
        ニューエイジ; ヒーリング; 瞑想; 新世纪; 新世紀; 뉴에이지""",
}
"""Words that name a category wherever they stand; the last one of a term wins ("Blues Rock", "Soul Jazz")."""

WEAK = {
    "rock": """alternative; alternativa; alternativo; alternatif; alternatywna; alternatywa; indie; independent;
        indi; progressive; progressif; progresivo; psychedelic; psychedelique; psicodelico; psychodeliczna; hard;
        black; death; альтернатива; альтернативная; инди; オルタナティブ; オルタナティヴ; インディーズ; インディー;
        独立; 인디; 얼터너티브; post""",
    "pop": """dance; synth; tanz; tanzmusik; dansant; danza; bailable; taneczna; vocal; vocals; oldies;
        танцевальная; танцы; ダンス; ヴォーカル; 댄스; 舞曲; party; teen; adult contemporary; retro; slow""",
    "electronic": """lo fi; lofi; chill; remix; downbeat; beats; experimental; noise""",
    "world": """world; welt; monde; mondo; mundo; swiat; traditional; traditionnel; traditionell; tradicional;
        tradizionale; tradycyjna; international; internacional; national folk; ワールド; 월드; asia; africa;
        india""",
    "soundtrack": """film; films; cine; cinema; kino; theatre; bande; stage""",
    "instrumental": """instrumental; instrumentale; instrumentals; instrumentalna; instrumentalmusik; acoustic;
        akustik; akustisch; acoustique; acustica; acustico; akoestisch; akustyczna; piano; guitar; gitarre;
        klavier; инструментальная; инструментал; акустика; акустическая; インストゥルメンタル; インスト;
        アコースティック; ピアノ; 纯音乐; 轻音乐; 器乐; 연주곡; 경음악; 어쿠스틱""",
}
"""Words that count only where no strong one stands beside them: "Acoustic" is a category, "Acoustic Blues" is blues."""

SPOKEN = """spoken word; spoken; speech; audiobook; audiobooks; audio book; audio books; podcast; podcasts;
    hörbuch; hörbücher; hörspiel; hörspiele; lesung; sprache; livre audio; livres audio; audiolibro; audiolibri;
    audiolibros; audiolivro; luisterboek; hoorspel; hoorboek; audioboek; słuchowisko; audioksiążka; audiobuch;
    radio play; radio drama; radio show; talk; talk show; lecture; lectures; vortrag; interview; interviews;
    sermon; predigt; news; poetry; stand up; standup; stand up comedy; kabarett; language course; sprachkurs;
    radioteatro; pièce radiophonique; аудиокнига; аудиокниги; аудиоспектакль; подкаст; радиоспектакль; лекция;
    オーディオブック; ポッドキャスト; 朗読; 落語; 有声书; 播客; 오디오북; 팟캐스트"""
"""Not music: no category, and what comes after is not looked at."""

ENDINGS = {
    "rock": "rock; metal; metall; punk; core; gaze; billy; рок; метал; панк; ロック; メタル",
    "pop": "pop; поп; schlager",
    "electronic": "techno; house; trance; step; tronica; tronic; wave; электроника; beat; ambient",
    "hiphop": "rap; hiphop; рэп",
    "jazz": "jazz; jazzowa; джаз",
    "blues": "blues; soul; funk; блюз",
    "classical": "klassik; oper; symphonie; sinfonie; konzert; chor; messe",
    "country": "folk; country; volkslied; фолк",
    "reggae": "reggae",
    "soundtrack": "soundtrack; filmmusik; filmmusic",
}
"""Of words that are written as one, as in German: "Deutschrock", "Ostrock", "Countryfolk"."""

BEGINNINGS = {
    "rock": "rock; metal; grunge; punk; рок",
    "electronic": "electron; elektron; eletron; elettron; techno; trance; электро",
    "hiphop": "hiphop",
    "jazz": "jazz; джаз",
    "blues": "blues; блюз",
    "classical": "classi; klassi; clasi; klasy; klassz; orchest; orkest; orquest; symphon; sinfon; symfon; классич",
    "reggae": "reggae",
    "soundtrack": "soundtr; filmmus; videogam",
}
"""Of inflected words: "jazzig", "orchestrale", "klassischer"."""

ID3 = """Blues; Classic Rock; Country; Dance; Disco; Funk; Grunge; Hip-Hop; Jazz; Metal; New Age; Oldies; Other;
    Pop; R&B; Rap; Reggae; Rock; Techno; Industrial; Alternative; Ska; Death Metal; Pranks; Soundtrack;
    Euro-Techno; Ambient; Trip-Hop; Vocal; Jazz+Funk; Fusion; Trance; Classical; Instrumental; Acid; House; Game;
    Sound Clip; Gospel; Noise; Alternative Rock; Bass; Soul; Punk; Space; Meditative; Instrumental Pop;
    Instrumental Rock; Ethnic; Gothic; Darkwave; Techno-Industrial; Electronic; Pop-Folk; Eurodance; Dream;
    Southern Rock; Comedy; Cult; Gangsta Rap; Top 40; Christian Rap; Pop/Funk; Jungle; Native American; Cabaret;
    New Wave; Psychedelic; Rave; Showtunes; Trailer; Lo-Fi; Tribal; Acid Punk; Acid Jazz; Polka; Retro; Musical;
    Rock & Roll; Hard Rock; Folk; Folk-Rock; National Folk; Swing; Fast-Fusion; Bebop; Latin; Revival; Celtic;
    Bluegrass; Avantgarde; Gothic Rock; Progressive Rock; Psychedelic Rock; Symphonic Rock; Slow Rock; Big Band;
    Chorus; Easy Listening; Acoustic; Humour; Speech; Chanson; Opera; Chamber Music; Sonata; Symphony; Booty Bass;
    Primus; Porn Groove; Satire; Slow Jam; Club; Tango; Samba; Folklore; Ballad; Power Ballad; Rhythmic Soul;
    Freestyle; Duet; Punk Rock; Drum Solo; A Cappella; Euro-House; Dance Hall; Goa; Drum & Bass; Club-House;
    Hardcore; Terror; Indie; BritPop; Afro-Punk; Polsk Punk; Beat; Christian Gangsta Rap; Heavy Metal; Black Metal;
    Crossover; Contemporary Christian; Christian Rock; Merengue; Salsa; Thrash Metal; Anime; JPop; Synthpop;
    Abstract; Art Rock; Baroque; Bhangra; Big Beat; Breakbeat; Chillout; Downtempo; Dub; EBM; Eclectic; Electro;
    Electroclash; Emo; Experimental; Garage; Global; IDM; Illbient; Industro-Goth; Jam Band; Krautrock; Leftfield;
    Lounge; Math Rock; New Romantic; Nu-Breakz; Post-Punk; Post-Rock; Psytrance; Shoegaze; Space Rock; Trop Rock;
    World Music; Neoclassical; Audiobook; Audio Theatre; Neue Deutsche Welle; Podcast; Indie Rock; G-Funk; Dubstep;
    Garage Rock; Psybient"""
"""The genres of ID3v1 and of Winamp, by their numbers from 0."""
