"""Pages of ten languages in the encodings they come in, with a right label, none, a wrong one."""

import pytest

from reader.ingest.decode import decode

_TEXTS = {
    "ru": "Вечером мы вышли к реке. Вода стояла тихо, и только у дальнего берега кто-то "
    "медленно тянул сети. Старик рассказывал, как здесь ловили рыбу ещё до "
    "войны, и мы слушали его молча.",
    "ja": "夕方、私たちは川まで歩きました。水は静かで、向こう岸では誰かがゆっくりと網を引いて"
    "いました。老人は昔ここでどうやって魚を捕ったかを話してくれました。",
    "zh-hans": "傍晚，我们走到河边。水面很平静，只有对岸有人慢慢地收网。"
    "老人告诉我们，很久以前这里的人是怎样打鱼的，我们都静静地听着。",
    "zh-hant": "傍晚，我們走到河邊。水面很平靜，只有對岸有人慢慢地收網。"
    "老人告訴我們，很久以前這裡的人是怎樣打魚的，我們都靜靜地聽著。",
    "ko": "저녁에 우리는 강가로 걸어갔다. 물은 고요했고 건너편에서 누군가 천천히 그물을 당기고 "
    "있었다. 노인은 옛날에 이곳에서 어떻게 고기를 잡았는지 이야기해 주었다.",
    "pl": "Wieczorem poszliśmy nad rzekę. Woda była spokojna, tylko przy drugim brzegu ktoś powoli "
    "ciągnął sieć. Staruszek opowiadał, jak dawniej łowiono tu ryby, a myśmy słuchali w milczeniu. "
    "Później zaczął padać śnieg i wszyscy wróciliśmy do domu przez łąkę.",
    "cs": "Večer jsme šli k řece. Voda byla klidná, jen u druhého břehu někdo pomalu táhl sítě. "
    "Stařec vyprávěl, jak se tu kdysi lovily ryby, a my jsme mlčky naslouchali. Potom začalo "
    "sněžit a všichni jsme se vrátili domů přes louku, kde už ležel čerstvý sníh.",
    "de": "Am Abend gingen wir zum Fluss. Das Wasser war ruhig, nur am anderen Ufer zog jemand "
    "gemächlich Netze ein. Der Alte erzählte, wie man früher hier fischte, und wir hörten zu. "
    "Später fiel Schnee, und über die große Wiese ging es zurück nach Hause.",
    "fr": "Le soir, nous sommes allés à la rivière. L’eau était calme, et près de l’autre rive "
    "quelqu’un tirait lentement ses filets. Le vieil homme racontait comment on pêchait ici "
    "autrefois ; nous l’écoutions. Plus tard la neige est tombée, déjà légère et très blanche.",
    "es": "Por la tarde fuimos al río. El agua estaba tranquila y en la otra orilla alguien "
    "recogía despacio las redes. El anciano contó cómo se pescaba aquí hace muchos años, y todos "
    "lo escuchábamos en silencio. Después empezó a nevar y volvimos a casa, ¡qué frío!",
    "ar": "في المساء مشينا إلى النهر. كان الماء هادئا، وعلى الضفة الأخرى كان رجل يسحب الشباك ببطء. "
    "حكى لنا الشيخ كيف كان الناس يصيدون السمك هنا منذ زمن بعيد، وكنا نصغي إليه صامتين.",
}  # fmt: skip
_ENCODINGS = {
    "ru": ("cp1251", "koi8-r", "utf-8"),
    "ja": ("shift_jis", "euc-jp", "iso-2022-jp", "utf-8"),
    "zh-hans": ("gb2312", "gbk", "gb18030", "utf-8"),
    "zh-hant": ("big5", "utf-8"),
    "ko": ("euc-kr", "utf-8"),
    "pl": ("iso-8859-2", "cp1250", "utf-8"),
    "cs": ("iso-8859-2", "cp1250", "utf-8"),
    "de": ("cp1252", "utf-8"),
    "fr": ("cp1252", "utf-8"),
    "es": ("cp1252", "utf-8"),
    "ar": ("cp1256", "utf-8"),
}


def _page(language: str, label: str) -> str:
    meta = f'<meta charset="{label}">' if label else ""
    text = "".join(f"<p>{_TEXTS[language]}</p>" for _ in range(3))
    return f"<html lang={language}><head>{meta}</head><body>{text}</body></html>"


@pytest.mark.parametrize(
    ("language", "encoding"),
    [(language, encoding) for language, names in _ENCODINGS.items() for encoding in names],
)
def test_a_page_is_read_whatever_it_says_of_its_encoding(language: str, encoding: str) -> None:
    wrong = "windows-1252" if encoding == "utf-8" else "utf-8"
    for label in (encoding, "", wrong):
        if encoding == "iso-2022-jp" and label != encoding:
            continue  # nothing but its label tells it from ASCII
        page = _page(language, label)
        assert decode(page.encode(encoding)) == page, label


def test_what_a_server_says_counts() -> None:
    page = _page("ru", "")
    assert decode(page.encode("iso-8859-5"), "iso-8859-5") == page
    assert decode(page.encode(), "koi8-r") == page


def test_a_label_of_escapes_is_not_believed_over_other_bytes() -> None:
    page = _page("ko", "iso-2022-kr")
    assert decode(page.encode()) == page
