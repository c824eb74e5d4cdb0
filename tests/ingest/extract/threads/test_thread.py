"""A thread becomes an article: the posts in order, each with a head, quotes as quotes."""

from reader.ingest.extract.whole import Page, extract

_POST = (
    '<article class="js-post" data-author="{name}" id="js-post-{n}"><time datetime="2024-05-0{n}">x'
    '</time><article class="message-body">{text}</article></article>'
)


def _thread(*texts: str) -> Page:
    posts = "".join(
        _POST.format(name=name, n=n, text=text)
        for n, (name, text) in enumerate(zip(("Ada", "Bela", "Carl"), texts, strict=False), 1)
    )
    return extract(f"<html><body><h1>Weir</h1>{posts}</body></html>", "https://weir.example/t/7")


def _question(answer: str, comments: str = "") -> str:
    return extract(
        f'<html><body><div id="question"><div class="js-post-body"><p>When?</p></div></div>'
        f'<div id="answer-8" class="{answer}" data-answerid="8"><div class="js-post-body">'
        f'<p>At dawn.</p></div><div class="user-details">Bela</div>{comments}</div></body></html>'
    ).html


def test_a_post_without_author_and_date_has_no_head() -> None:
    assert _question("answer").startswith("<div><div><div><p>When?</p>")


def test_the_first_post_gives_author_and_date() -> None:
    page = _thread("<p>When does it open?</p>", "<p>At dawn.</p>")
    assert (page.about.byline, page.about.published_at) == ("Ada", "2024-05-01")
    assert page.is_thread
    assert not page.unsure
    assert not extract("<p>The weir opens at dawn.</p>").is_thread
    doubtful = _POST.format(name="Ada", n=1, text="<p>When?</p>").replace("2024-05-01", "5/1/2024")
    assert "Ada · 5/1/2024" in extract(doubtful).html


def test_heads_are_anchors_of_their_posts() -> None:
    assert (
        '<h3 id="js-post-2">Bela · 2024-05-02</h3>' in _thread("<p>When?</p>", "<p>Now.</p>").html
    )


def test_an_accepted_answer_has_a_sign() -> None:
    assert '<h3 id="8">✓ Bela</h3>' in _question("answer accepted-answer")
    assert '<h3 id="8">Bela</h3>' in _question("answer")


def test_comments_on_an_answer_are_a_list_under_it() -> None:
    comment = (
        '<ul><li class="comment" id="comment-1"><span class="comment-copy">Every day?</span>'
        '<a class="comment-user">Dora</a></li></ul>'
    )
    html = _question("answer", comment)
    assert html.index("At dawn.") < html.index("<ul><li")
    assert "<li><small><span>Every day?</span><span> — Dora</span></small></li></ul>" in html


def test_lists_code_and_pictures_of_a_post_stay() -> None:
    code = (
        '<div class="bbCodeBlock bbCodeBlock--code"><div class="bbCodeBlock-title">CHROME</div>'
        "<div><pre><code>open(weir)\n</code></pre></div></div>"
    )
    html = _thread(f"<ul><li>one</li></ul>{code}<img src='/w.png' alt='A weir'>").html
    assert "<li>one</li>" in html
    assert "<pre><code>open(weir)\n</code></pre>" in html
    assert 'src="https://weir.example/w.png"' in html
    assert "CHROME" not in html


def test_headings_of_a_post_are_below_its_head() -> None:
    assert "<h4>Hours</h4>" in _thread("<h1>Hours</h1><p>At dawn.</p>").html
    assert "<h6>Hours</h6>" in _thread("<h5>Hours</h5><p>At dawn.</p>").html


def test_a_quotation_within_another_stays_one() -> None:
    inner = '<blockquote data-quote="Ada" class="bbCodeBlock--quote"><p>When?</p></blockquote>'
    outer = (
        f'<blockquote data-quote="Bela" class="bbCodeBlock--quote">{inner}<p>Now.</p></blockquote>'
    )
    html = _thread(outer + "<p>No.</p>").html
    assert html.count("<blockquote>") == 2
    assert html.index("<cite>Bela") < html.index("<cite>Ada") < html.index("When?")


def test_a_post_that_is_shown_twice_is_kept_once() -> None:
    post = _POST.format(name="Ada", n=1, text="<p>The weir opens at dawn.</p>")
    assert extract(f"<body>{post}{post}</body>").html.count("at dawn") == 1


def test_two_posts_of_the_same_words_stay_two() -> None:
    assert _thread("<p>Me too.</p>", "<p>Me too.</p>").html.count("Me too.") == 2


def test_the_title_is_that_of_the_topic_without_labels() -> None:
    heading = '<h1 class="p-title-value"><span class="label">News</span> When it opens</h1>'
    post = _POST.format(name="Ada", n=1, text="<p>At dawn.</p>")
    page = f"<html><head><title>A forum</title></head><body>{heading}{post}</body></html>"
    assert extract(page).about.title == "When it opens"


def test_nothing_but_a_title_is_taken_from_a_box_of_code() -> None:
    lines = "".join(f"<p>Line {n} of what Ada wrote.</p>" for n in range(3))
    html = _thread(f'<div class="codebox"><p>CHROME</p><pre>x = 1</pre>{lines}</div>').html
    assert [n for n in range(3) if f"Line {n}" not in html] == []
    assert "CHROME" not in html


def test_a_work_named_in_a_quotation_stays_in_its_sentence() -> None:
    quoted = "<blockquote><p>In <cite>The Weir</cite> it opens at dawn.</p></blockquote>"
    assert quoted in _thread(quoted).html
    late = '<blockquote>It opens.<div class="title">At dawn</div></blockquote>'
    html = _thread(late).html
    assert html.index("It opens.") < html.index("At dawn")
    long = f"<blockquote><cite>{'A very long title. ' * 5}</cite>It opens.</blockquote>"
    assert "A very long title. A very long" in _thread(long).html


def test_a_spoiler_is_open() -> None:
    spoiler = (
        '<div class="spoiler"><i>Show</i><div style="display:none">The keeper did it.</div></div>'
    )
    assert "The keeper did it." in _thread(spoiler).html


def test_posts_of_one_place_with_other_words_are_kept() -> None:
    posts = (_POST.format(name="Ada", n=1, text=f"<p>{text}</p>") for text in ("One.", "Two."))
    html = extract(f"<body>{''.join(posts)}</body>").html
    assert ("One." in html, "Two." in html) == (True, True)
