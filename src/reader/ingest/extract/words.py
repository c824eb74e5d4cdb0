"""Words that pages use for their parts, in classes, ids and headings.

Scoring by such words is the method of Arc90's and Mozilla's Readability. The patterns are in lower
case, like the names they are matched with, which is several times faster.
"""

import re

UNLIKELY = re.compile(
    r"banner|breadcrumb|comment|cookie|disqus|footer|header|menu|newsletter|pagination|popup|"
    r"shoutbox|sidebar(?!s?-(?:grid|inline|layout|sidecar|first|left|right|none))|skyscraper|sponsor|"
    r"(?<![a-z\d])(?:ads?|adbox|agegate|ai2html|combx|community|cover-wrap|extras?|gdpr|legends|"
    r"pager|related|remarks?|replies|rss|social|supplemental|yom-remote)(?![a-z\d])",
)
"""Names of boxes that are rarely the article."""

APART = re.compile(
    r"breadcrumb|comment|cookie|disqus|footer|newsletter|pagination|popup|"
    r"shoutbox|sidebar(?!s?-(?:grid|inline|layout|sidecar|first|left|right|none))|skyscraper|sponsor|"
    r"(?<![a-z\d])(?:ads?|adbox|agegate|ai2html|combx|cover-wrap|gdpr|"
    r"related|remarks?|replies|rss|social|supplemental|yom-remote)(?![a-z\d])",
)
"""Names of boxes that are rarely the article even with running text."""

MAYBE = re.compile(
    r"and|article|body|column|content|embed|main|mathjax|shadow|tweet",
)
"""Names that can be the article nevertheless."""

GOOD = re.compile(
    r"article|blog|body|content|entry|hentry|h-entry|main|page|pagination|post|story|text",
)
BAD = re.compile(
    r"banner|comment|footer|masthead|outbrain|promo|shoutbox|sidebar(?!s?-(?:grid|inline|layout|sidecar|first|left|right|none))|skyscraper|sponsor|"
    r"(?<![a-z\d])(?:ads?|combx|com|contact|gdpr|meta|media|related|share|shopping|tags)(?![a-z\d])|"
    r"(?<!\S)(?:is-|u-)?(?:hidden|hid)(?!\S)|(?<!elementor-)(?<!so-)widget(?!-container)",
)

COMMENTS = re.compile(r"comment|disqus|replies|responses")
"""Names of what readers wrote below an article."""

ROLES = frozenset(
    "menu menubar complementary navigation alert alertdialog dialog banner contentinfo".split()
)
"""Roles of boxes that are not the article."""

NOTE_ROLES = frozenset("doc-footnote doc-endnote doc-endnotes note".split())
NOTES = re.compile(r"\b(?:foot|end)-?notes?\b")
"""Names of notes."""

UNSEEN = re.compile(
    r"cookie-?(?:banner|consent|notice|law|bar)|consent-?(?:banner|modal|manager)|onetrust|didomi|"
    r"gdpr-|browsehappy|browser-?upgrade|outdated-?browser|paywall-?(?:overlay|prompt)|"
    r"login-?(?:modal|popup)|signup-?(?:modal|popup)|modal-?backdrop|"
    r"sr-only(?![a-z])|visually-?hidden(?![a-z])|off-?screen(?![a-z])|"
    r"screen-?reader(?:-text)?(?![a-z])|hide-?text(?![a-z])|a11y-hidden(?![a-z])|"
    r"u-hidden-visually(?![a-z])",
)
"""Overlays, and text for screen readers."""

SHARES = re.compile(
    r"share(?<![a-z\d]share)(?:daddy)?(?![a-z\d])|sharing(?<![a-z\d]sharing)(?![a-z\d])|"
    r"addthis(?![a-z\d])|social-?links(?![a-z\d])"
)

NAMED = re.compile(
    r"newsletter|subscri(?:be|ption)|sign-?up|share|sharing|social|related|recirc|"
    r"read-?(?:more|next|also)|more-?(?:stories|from|news|on)|"
    r"(?:most|popular)-?(?:read|popular|viewed|posts?)|"
    r"trending|also-?like|author-?(?:bio|box|info|card|desc|about|profile)|about-?(?:the-?)?author|"
    r"byline|post-?meta|entry-?meta|article-?(?:meta|footer|tags|actions|toolbar)|"
    r"tags?-?(?:list|links|cloud)|post-?tags|promo|advert|sponsor|donat(?:e|ion)|"
    r"comments?(?:-|$|_)|disqus|outbrain|taboola|"
    r"breadcrumb|timestamp|dateline|story-?date|post-?date|entry-?date|"
    r"article-?date|pub-?date|publish-?date|"
    r"cta\b|teaser|copyright|disclaimer|paywall|(?:panel|reg|meter)-?wall|follow-?(?:us|button)",
)
"""Boxes inside an article that do not belong to it."""

CLOSINGS = re.compile(
    r"^\W*(?:related(?: (?:articles?|stories|posts|content|links|reading|topics|coverage))?|"
    r"more (?:from|on|stories|like this|news|in)\b.*|more (?:great |"
    r"top )?.{0,30} stories|read (?:more|next|also)\b.*|"
    r"you (?:may|might) (?:also )?(?:like|enjoy|be interested).*|recommended(?: for you| reading)?|"
    r"about the authors?|about (?:us|me)|author bio|share (?:this|on|with)\b.*|follow us\b.*|"
    r"(?:leave a )?comments?(?: \(\d+\))?|leave a reply|post a comment|\d+ comments?|"
    r"responses|tags?|"
    r"filed under.*|topics?|categories|popular (?:posts|now|stories)|most (?:read|popular|viewed)|"
    r"trending(?: now)?|latest (?:news|stories|posts|articles)|subscribe\b.*|newsletter\b.*|"
    r"sign up\b.*|advertisement|sponsored(?: content)?|what to read next|up next|"
    r"editors?['’]? picks?|top stories|don['’]t miss|"
    r"mehr (?:zum thema|artikel|von|aus)\b.*|lesen sie auch\b.*|das könnte (?:sie|dich) auch.*|"
    r"ähnliche (?:artikel|beiträge)|verwandte (?:artikel|themen|beiträge)|weitere artikel.*|"
    r"kommentare?(?: \(\d+\))?|schlagw(?:ort|örter).*|themen|über (?:den autor|die autorin).*|"
    r"teilen|auch interessant|"
    r"(?:articles?|sujets?) (?:similaires|liés|connexes)|à lire (?:aussi|également).*|lire aussi.*|"
    r"sur le même (?:sujet|thème).*|commentaires?|à propos de l['’]auteur.*|partager.*|"
    r"(?:artículos|noticias) relacionad[oa]s|te puede interesar.*|también te puede.*|"
    r"lee también.*|más (?:noticias|sobre|en)\b.*|comentarios?|comparte.*|etiquetas|"
    r"leggi anche.*|articoli correlati|potrebbe interessarti.*|commenti|"
    r"leia (?:também|mais).*|notícias relacionadas|artigos relacionados|comentários|"
    r"lees ook.*|gerelateerde (?:artikelen|berichten)|reacties|"
    r"läs (?:även|också|mer).*|relaterade artiklar|kommentarer|"
    r"czytaj (?:także|też|więcej).*|powiązane.*|komentarze|"
    r"читайте также.*|по теме.*|комментарии.*|関連(?:記事|リンク|ニュース).*|あわせて読みたい.*|"
    r"相关(?:阅读|文章|新闻|链接|推荐).*|推荐阅读.*|評論|评论.*|관련\s?(?:기사|뉴스).*)\W*$",
    re.IGNORECASE,
)
"""Headings that end an article."""

SUBJECTS = re.compile(
    r"^\W*(?:comments?|responses|tags?|topics?|categories|about (?:us|me)|"
    r"more (?:on|in|news)\b.*|recommended|newsletter\b.*|subscribe\b.*|sign up\b.*|"
    r"follow us\b.*|share (?:this|on|with)\b.*|trending|themen|kommentare?|teilen|"
    r"commentaires?|partager.*|comentarios?|comparte.*|etiquetas|"
    r"más (?:noticias|sobre|en)\b.*|commenti|comentários|reacties|kommentarer|komentarze|"
    r"комментарии.*|評論|评论.*)\W*$",
    re.IGNORECASE,
)
"""Headings that end an article only if no text follows: a text can be about comments."""

SOURCES = re.compile(
    r"^\W*(?:[\d.]*\s*)(?:sources?|references?|bibliography|further (?:reading|links|information)|"
    r"see also|links|external links|foot-?notes|end-?notes|notes|works cited|citations|resources|"
    r"quellen?(?:angaben|verzeichnis)?|weblinks|siehe auch|einzelnachweise|literatur\w*|fußnoten|"
    r"(?:notes et )?références|voir aussi|liens externes|bibliographie|"
    r"fuentes|referencias|véase también|enlaces externos|bibliografía|"
    r"fonti|riferimenti|vedi anche|collegamenti esterni|bibliografia|note|"
    r"fontes|referências|ver também|bronnen|zie ook|referenties|källor|referenser|se även|"
    r"źródła|przypisy|источники|примечания|см\. также|литература|"
    r"参考文献|脚注|出典|参考资料|注释|참고\s?문헌)\b.*",
    re.IGNORECASE,
)
"""Headings of sources and further reading."""

TITLES = re.compile(
    r"(?:^|[\s_-])(?:sub)?(?:head(?:ing|er|line)?|title)(?:$|[\s_-])",
)
"""Lines that are headings only by name."""

GALLERIES = re.compile(r"gallery|slideshow|slide-?show|carousel|slider|swiper")
"""Galleries: pictures, captions and texts stay, buttons and counters are removed."""

CAPTIONS = re.compile(r"caption|legend|credit|description")
"""Captions of the pictures in a gallery."""

_NETWORKS = r"\b.{0,60}\bon (?:twitter|facebook|instagram)\b"
END_NOTES = re.compile(
    r"follow (?:him|her|us|them|me|@?\w+ on)\b|subscribe\b|newsletter\b|sign up\b|"
    rf"follow{_NETWORKS}|find{_NETWORKS}|like{_NETWORKS}|join{_NETWORKS}|"
    rf"contact{_NETWORKS}|reach{_NETWORKS}|"
    r"reached? (?:at|the reporters?)\b|click here\b|"
    r"all rights reserved|copyright \d{4}|may not be published, broadcast|"
    r"contributed to this (?:report|story|article)|reporting by .*editing by|have a tip\?|"
    r"download (?:the|our) app|join (?:the conversation|us)|share (?:it|this) (?:with|on)\b|"
    r"get (?:the|our) (?:latest|app)\b"
)
"""Contents of last paragraphs that do not belong to the article, in lower case."""

SERVICES = re.compile(
    r"(?<![a-z])(?:subscri(?:be|ption|ptions)|newsletters?|sign-?up|abo|abonnement|abonnieren|"
    r"suscripcion|suscribete|assinatura|abbonamenti|prenumerera)(?![a-z])",
)
"""Parts of URLs at which a site asks its readers for something, in lower case."""

CONSENT = re.compile(
    r"(?<![a-z])(?:privacy|datenschutz\w*|cookies?|consent|confidentialite|privacidad|privacidade|"
    r"personvern|integritetspolicy|prywatnosci|tietosuoja)(?![a-z])",
)
"""Parts of URLs to which the consent to a foreign frame refers, in lower case."""

SPEECH = re.compile(r"\W*[\"\u00ab\u00bb\u2018\u201c\u201e\u300c]")
"""Beginnings of lines that somebody says."""

END_NOTES_BEGIN = re.compile(r"\W*(?:©|(?:additional )?reporting by\b)")
"""Beginnings of such paragraphs, in lower case."""

SCRAPS = re.compile(
    r"^\W*(?:advert(?:isement|ising)?|anzeige|werbung|publicidade?|publicité|"
    r"pubblicità|reklama|реклама|"
    r"sponsored(?: content)?|this slideshow requires javascript|article continues below.*|"
    r"story continues below.*|loading\.*|image copyright|image caption|caption|close|"
    r"(?:getty|getty images|ap|ap photo|reuters|afp|shutterstock)(?:\s*/.{0,40})?|"
    r"(?:sign up|subscribe)(?: now| today| here)?(?: (?:for|to) (?:our|the) .{0,30}newsletters?)?|"
    r"image \d+ of\W*\d*|scroll for more.*|skip (?:ad|advert\w*)|広告|广告)\W*$",
    re.IGNORECASE,
)
"""Lines that do not belong to an article at any place."""

CREDITS = re.compile(
    r"^\W*(?:photos?|images?|pictures?|foto|credits?|file photo|source)\s*:.{1,60}$", re.IGNORECASE
)
"""Credits of pictures, unless they are sentences."""

LABELS = re.compile(
    r"^\W*(?:tags?|tagged(?: with| as)?|filed (?:under|in)|posted in|categor(?:y|ies)|topics?|"
    r"keywords|stichworte?|schlagw[oö]rter|kategorien?|etiquetas|categorías?|mots[- ]clés|"
    r"étiquettes|catégories?|argomenti|categorie|categorias?|onderwerpen|trefwoorden|ämnen|"
    r"теги|метки|рубрики|タグ|标签|標籤|태그)\W*$",
    re.IGNORECASE,
)
"""Labels before the links to the categories of an article."""

LINK_LINES = re.compile(
    r"^\W*(?:read (?:more|also|next|the full)|more:|related:|also read|watch(?: now)?:|"
    r"recommended|don['’]t miss|lesen sie (?:auch|mehr)|mehr dazu|lire aussi|à lire|lee también|"
    r"leer más|leggi anche|leia (?:também|mais)|lees ook|läs (?:mer|även|också)|les også|læs også|"
    r"lue myös|lesa meira|czytaj (?:więcej|też|także|również)|čtěte také|čítajte aj|citește și|"
    r"olvass? (?:tovább|el)|διαβάστε|читайте|прочетете|baca juga|xem thêm|延伸阅读|"
    r"関連記事|相关阅读|click here|advertisement|story continues|continue reading|"
    r"scroll down|subscribe|sign up|follow us|share this|listen|also:|more on this)(?=\W|$)",
    re.IGNORECASE,
)
"""Beginnings of lines that only lead elsewhere."""

CRUMBS = re.compile(
    r"^\W*(?:share(?: this.*| on.*)?|tweet|pin(?: it)?|print|e-?mail|save|facebook|"
    r"twitter|whatsapp|"
    r"linkedin|reddit|copy link|advertisement|comments?|\d+\s*(?:comments?|shares?|"
    r"min(?:utes?)? read)|"
    r"(?:published|updated|posted|last (?:updated|modified)|"
    r"first published)\b.{0,110}|by|from|photo|image|"
    r"listen(?: to (?:this|the) .*)?|play|home|news|skip to .*|teilen|drucken|merken|"
    r"partager|compartir|"
    r"condividi|veröffentlicht.{0,40}|aktualisiert.{0,40}|publié.{0,50}|publicado.{0,50})\W*$",
    re.IGNORECASE,
)
"""Scraps at the beginning or the end."""

COMMAS = ",\u060c\ufe50\ufe10\ufe11\u2e41\u2e34\u2e32\uff0c\u3001"
