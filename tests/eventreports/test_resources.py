"""Links and local files: which are let in, what they are called, how big they are."""

import os
import re
import unicodedata
from pathlib import Path
from typing import Literal

import pytest
from babel import Locale
from hypothesis import example, given, settings
from hypothesis import strategies as st

from eventreports.core.files import OutsideError, file_size, local_file, local_image
from eventreports.core.services import (
    file_kind,
    player_address,
    profile_name,
    service_name,
    sign_of,
    started_at,
    video_at,
)
from eventreports.core.urls import check_url, is_url

WILD = settings(max_examples=250)

JA = Locale("ja")


# URLs


@pytest.mark.parametrize(
    "url",
    [
        "https://example.com",
        "http://example.com/a%20b?q=1&r=2#part",
        "HTTPS://EXAMPLE.COM/",
        "https://user@example.com:8080/",
        "https://192.0.2.1/",
        "https://[2001:db8::1]:8080/",
        "https://日本語.jp/資料?題=サーバ#節",
        "https://example.com/a(b)[c]'d",
        "mailto:someone@example.com",
    ],
)
def test_urls_that_lead_somewhere_are_kept_as_written(url: str) -> None:
    assert check_url(url) == url


@pytest.mark.parametrize("blank", [" ", "\n", "\t ", "\u3000", "\u00a0", "\r\n"], ids=ascii)
def test_stray_blanks_around_a_url_are_no_part_of_it(blank: str) -> None:
    assert check_url(f"{blank}https://example.com/a{blank}") == "https://example.com/a"


@pytest.mark.parametrize(
    ("url", "cure"),
    [
        pytest.param("javascript:alert(1)", "“javascript:” is not allowed", id="javascript"),
        pytest.param("JaVaScRiPt://x/%0aalert(1)", "is not allowed", id="javascript-capitals"),
        pytest.param("vbscript:x", "is not allowed", id="vbscript"),
        pytest.param("data:text/html,<b>", "“data:” is not allowed", id="data"),
        pytest.param("file:///etc/passwd", "“file:” is not allowed", id="file"),
        pytest.param("ftp://example.com/", "allowed are https, http, mailto", id="ftp"),
        pytest.param("tel:+81-3-1234", "“tel:” is not allowed", id="tel"),
        pytest.param("ttps://example.com", "did you mean “https”", id="letter-not-copied"),
        pytest.param("C:\\slides.pdf", "a file of one computer", id="drive"),
        pytest.param("c:/slides.pdf", "a file of one computer", id="drive-with-slashes"),
        pytest.param("htps://example.com", "did you mean “https”", id="slip"),
        pytest.param("//example.com/a", "write https://example.com/a", id="no-scheme-slashes"),
        pytest.param("example.com/a", "write https://example.com/a", id="no-scheme"),
        pytest.param("slides.pdf", "has no scheme", id="path"),
        pytest.param("", "has no scheme", id="empty"),
        pytest.param("https://example.com/a b", "has a space inside", id="blank"),
        pytest.param("https://example.com/a\u3000b", "has a space inside", id="wide-blank"),
        pytest.param("https://example.com/\na", "has a space inside", id="line"),
        pytest.param("java\nscript:alert(1)", "has a space inside", id="javascript-in-lines"),
        pytest.param("https://example\u200b.com", r"U+200B", id="zero-width"),
        pytest.param("\u200bhttps://example.com", r"U+200B", id="zero-width-before"),
        pytest.param("https://example.com\ufeff", r"U+FEFF", id="bom-after"),
        pytest.param("https://example.com/\u202efdp.exe", r"U+202E", id="bidi-override"),
        pytest.param("https://ex\u00adample.com", r"U+00AD", id="soft-hyphen"),
        pytest.param("https://example.com/\u2066a", r"U+2066", id="bidi-isolate"),
        pytest.param("https://example.com/\u200fa", r"U+200F", id="bidi-mark"),
        pytest.param("\x01javascript:alert(1)", r"U+0001", id="control"),
        pytest.param("https://example.com/\x00", r"U+0000", id="nul"),
        pytest.param("https://example.com/\ue000", r"U+E000", id="private-use"),
        pytest.param("http://[::1", "is no URL", id="ipv6-open"),
        pytest.param("http://]::1[/", "is no URL", id="ipv6-wrong-way"),
        pytest.param("http://[nonsense]/", "is no URL", id="ipv6-nonsense"),
        pytest.param("http://ex\u2100mple.com/", "is no URL", id="host-changes-under-nfkc"),
        pytest.param("https://", "names no host", id="scheme-alone"),
        pytest.param("https:///a", "names no host", id="three-slashes"),
        pytest.param("https:example.com", "names no host", id="no-slashes"),
        pytest.param(
            "https:\\\\example.com", "has “\\” in it; write https://example.com", id="backslashes"
        ),
        pytest.param("https://a.example\\@b.example/", "has “\\” in it", id="two-hosts"),
        pytest.param("https://:80/", "names no host", id="port-alone"),
        pytest.param("https://user@/", "names no host", id="user-alone"),
        pytest.param("mailto:", "mailto:", id="mail-to-nobody"),
    ],
)
def test_urls_that_would_mislead_are_refused_with_a_cure(url: str, cure: str) -> None:
    with pytest.raises(ValueError, match=re.escape(cure)):
        check_url(url)


@pytest.mark.parametrize(
    "text",
    [
        "<https://a.example/b>",
        "(https://a.example/b)",
        "“https://a.example/b”",
        "\uff48\uff54\uff54\uff50\uff53\uff1a//a.example/b",
        "https\uff1a//a.example/b",
        "a.example/b",
        "//a.example/b",
    ],
)
def test_an_address_is_proposed_that_is_one(text: str) -> None:
    with pytest.raises(ValueError, match=r"; write https://a\.example/b$"):
        check_url(text)


URL_LIKE = st.one_of(
    st.text(),
    st.builds(
        "{}{}{}".format,
        st.sampled_from(["", "https://", "http:", "mailto:", "javascript:", "HTTPS://", " data:"]),
        st.text(st.sampled_from("ab.:/?#[]@%\\ \t\n\u200b\u202e\u3000\ufeff日😀")),
        st.text(max_size=3),
    ),
)


@WILD
@given(URL_LIKE)
@example("https://a\u2028b")
@example("http://[")
def test_what_is_let_in_has_an_allowed_scheme_and_hides_nothing(text: str) -> None:
    try:
        url = check_url(text)
    except ValueError as error:
        assert str(error)  # noqa: PT017, either outcome is right
        return
    assert url in text
    assert url.lower().startswith(("https://", "http://", "mailto:"))
    for char in url:
        assert not char.isspace()
        assert unicodedata.category(char) not in ("Cc", "Cf", "Co", "Cs", "Zl", "Zp", "Zs")
    assert service_name(url) or url.lower().startswith("mailto:")


@pytest.mark.parametrize(
    ("text", "claims"),
    [
        ("https://example.com", True),
        ("htps://example.com", True),
        ("javascript:alert(1)", True),
        ("mailto:a@example.com", True),
        ("//example.com/a.pdf", True),
        ("slides.pdf", False),
        ("資料/第1回 発表.pdf", False),
        ("../slides.pdf", False),
        ("/slides.pdf", False),
        ("1:1 meeting.pdf", False),
        ("C:\\slides.pdf", False),
        ("c:/slides.pdf", False),
        ("www.example.com/a", False),
    ],
)
def test_what_claims_to_be_a_url(text: str, claims: bool) -> None:
    assert is_url(text) is claims


@pytest.mark.parametrize(
    ("url", "name"),
    [
        ("https://speakerdeck.com/a/b", "Speaker Deck"),
        ("https://www.slideshare.net/a/b", "SlideShare"),
        ("https://www.docswell.com/s/a/b", "Docswell"),
        ("https://docs.google.com/presentation/d/1/edit", "Google Slides"),
        ("https://docs.google.com/document/d/1/edit", "Google Docs"),
        ("https://drive.google.com/file/d/1", "Google Drive"),
        ("https://www.youtube.com/watch?v=1", "YouTube"),
        ("https://m.youtube.com/watch?v=1", "YouTube"),
        ("https://YOUTU.BE/1", "YouTube"),
        ("https://user@youtube.com:443/", "YouTube"),
        ("https://github.com/a/b", "GitHub"),
        ("https://gist.github.com/a/1", "GitHub Gist"),
        ("https://someone.github.io/talk/", "GitHub Pages"),
        ("https://web.archive.org/web/2018/https://a.example/b.pdf", "Internet Archive"),
        ("https://example.connpass.com/event/1/", "connpass"),
        ("https://x.com/a", "X"),
        # Hosts that only look like a service, or have it elsewhere in the address.
        ("https://dropbox.com/a", "dropbox.com"),
        ("https://notyoutube.com/", "notyoutube.com"),
        ("https://youtube.com.evil.example/", "youtube.com.evil.example"),
        ("https://youtube.com@evil.example/", "evil.example"),
        ("https://evil.example/youtube.com", "evil.example"),
        # Elsewhere the host, and the kind of file where the ending tells it.
        ("https://www.example.com/talks/", "example.com"),
        ("https://example.com/a.html", "example.com"),
        ("https://example.com:8080/slides.PDF?dl=1", "PDF (example.com)"),
        ("https://example.com/a.b/talk.pptx", "PPTX (example.com)"),
        ("mailto:someone@example.com", "someone@example.com"),
        ("https://日本語.jp/", "日本語.jp"),
    ],
)
def test_a_link_is_named_for_who_publishes_it(url: str, name: str) -> None:
    assert service_name(url) == name


@pytest.mark.parametrize(
    ("url", "service", "name"),
    [
        ("https://github.com/aoi", "GitHub", "aoi"),
        ("https://www.GitHub.com/aoi/", "GitHub", "aoi"),
        ("https://x.com/aoi", "X", "aoi"),
        ("https://bsky.app/profile/aoi.example", "Bluesky", "aoi.example"),
        ("https://jp.linkedin.com/in/aoi-1", "LinkedIn", "aoi-1"),
        ("https://connpass.com/user/aoi/", "connpass", "aoi"),
        ("https://www.youtube.com/@aoi", "YouTube", "@aoi"),
        ("https://zenn.dev/aoi", "Zenn", "aoi"),
        # Of the many hosts of a service, some are known; on any host such a path is a name.
        ("https://mastodon.social/@aoi", "Mastodon", "@aoi@mastodon.social"),
        ("https://user@fosstodon.org:443/@aoi", "Mastodon", "@aoi@fosstodon.org"),
        ("https://social.example/@aoi", "social.example", "@aoi"),
        # Other pages of these services, and other hosts.
        ("https://github.com/", "GitHub", ""),
        ("https://github.com/aoi/edge", "GitHub", ""),
        ("https://docs.github.com/en", "GitHub", ""),
        ("https://x.com/search?q=aoi", "X", ""),
        ("https://kumo.connpass.com/event/1", "connpass", ""),
        ("https://www.youtube.com/watch?v=aoi", "YouTube", ""),
        ("https://aoi.hatenablog.com/", "Hatena Blog", ""),
        ("https://example.com/aoi", "example.com", ""),
        # What a name may hide.
        ("https://github.com/%E2%80%AEioa", "GitHub", ""),
        ("mailto:aoi@example.com", "aoi@example.com", ""),
    ],
)
def test_whose_page_at_a_service_an_address_leads_to(url: str, service: str, name: str) -> None:
    assert (service_name(url), profile_name(url)) == (service, name)


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("slides.pdf", "PDF"),
        ("第1回 発表.PPTX", "PPTX"),
        ("photos/a.b.Jpeg", "JPEG"),
        ("archive.tar.gz", ""),
        ("v18.04", ""),
        ("README", ""),
        (".pdf", ""),
        ("", ""),
    ],
)
def test_the_kind_of_a_file_is_its_telling_ending(name: str, kind: str) -> None:
    assert file_kind(name) == kind


@pytest.mark.parametrize(
    ("size", "words"),
    [
        (0, "0 B"),
        (1, "1 B"),
        (999, "999 B"),
        (1_000, "1 KB"),
        (1_536, "1.5 KB"),
        (99_949, "99.9 KB"),
        (99_950, "100 KB"),
        (183_000, "183 KB"),
        (999_499, "999 KB"),
        (999_500, "1 MB"),
        (4_810_000, "4.8 MB"),
        (1_000_000_000, "1 GB"),
        (2_345_000_000_000, "2,345 GB"),
    ],
)
def test_file_sizes_are_decimal_and_short(size: int, words: str) -> None:
    assert file_size(size, JA) == words


def test_file_sizes_follow_the_locale() -> None:
    assert file_size(4_810_000, Locale("de")) == "4,8 MB"


# Local files


def project_in(tmp_path: Path) -> Path:
    """An event's folder within a project, with files in it, above it and outside."""
    project = tmp_path / "project"
    folder = project / "events" / "x"
    (folder / "photos").mkdir(parents=True)
    (folder / ".git").mkdir()
    for path in (
        folder / "slides.pdf",
        folder / "第1回 発表 資料.pdf",
        folder / "photos" / "a.jpg",
        folder / ".env",
        folder / ".git" / "config",
        project / "shared.pdf",
        project / ".env",
        tmp_path / "secret.txt",
    ):
        path.write_text("x", encoding="utf-8")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return project_in(tmp_path)


@pytest.fixture(scope="module")
def a_folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """One for many examples, none of which changes it."""
    return project_in(tmp_path_factory.mktemp("one"))


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("slides.pdf", "events/x/slides.pdf"),
        ("./slides.pdf", "events/x/slides.pdf"),
        ("第1回 発表 資料.pdf", "events/x/第1回 発表 資料.pdf"),
        ("photos/a.jpg", "events/x/photos/a.jpg"),
        ("photos/../slides.pdf", "events/x/slides.pdf"),
        ("../../shared.pdf", "shared.pdf"),
    ],
)
def test_files_within_the_project_are_found(folder: Path, path: str, found: str) -> None:
    root = folder.parents[1]
    assert local_file(path, folder, root) == (root / found).resolve()


@pytest.mark.parametrize(
    ("path", "words"),
    [
        pytest.param("../../../secret.txt", "leads out of the project", id="up"),
        pytest.param("../../../nothing.txt", "leads out of the project", id="up-to-nothing"),
        pytest.param("photos/../../../../secret.txt", "leads out", id="down-and-up"),
        pytest.param("/etc/passwd", "not an absolute one", id="absolute"),
        pytest.param("//etc/passwd", "not an absolute one", id="two-slashes"),
        pytest.param("C:\\slides.pdf", "not an absolute one", id="drive"),
        pytest.param("c:/slides.pdf", "not an absolute one", id="drive-with-slashes"),
        pytest.param("\\\\server\\slides.pdf", "not an absolute one", id="share"),
        pytest.param(".env", "is hidden", id="hidden"),
        pytest.param(".git/config", "is hidden", id="in-a-hidden-folder"),
        pytest.param("photos/../.env", "is hidden", id="down-and-hidden"),
        pytest.param("../../.env", "is hidden", id="hidden-above"),
        pytest.param(".nothing", "is hidden", id="hidden-nothing"),
    ],
)
def test_what_is_not_the_projects_to_publish_is_refused(
    folder: Path, path: str, words: str
) -> None:
    with pytest.raises(OutsideError, match=re.escape(words)):
        local_file(path, folder, folder.parents[1])


@pytest.mark.parametrize(
    ("path", "words"),
    [
        pytest.param("photos", "there is no file “photos”", id="folder"),
        pytest.param(".", "there is no file", id="itself"),
        pytest.param("", "there is no file", id="empty"),
        pytest.param("slides.pdf/a", "there is no file", id="below-a-file"),
        pytest.param("~/slides.pdf", "there is no file", id="home"),
        pytest.param("slide.pdf", "did you mean “slides.pdf”?", id="slip"),
        pytest.param("第1回発表資料.pdf", "did you mean “第1回 発表 資料.pdf”?", id="blanks"),
        pytest.param("photos\\a.jpg", "has “\\” in it; write “photos/a.jpg”", id="backslash"),
        pytest.param("www.example.com", "its scheme: https://www.example.com", id="www"),
        pytest.param("example.com/a", "its scheme: https://example.com/a", id="host"),
        pytest.param("x" * 5000, "xxx", id="too-long"),
        pytest.param("x/" * 5000, "x/x", id="too-deep"),
        pytest.param("a\0b", "a\\x00b", id="nul"),
    ],
)
def test_what_is_no_file_of_the_project_is_reported(folder: Path, path: str, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)) as reported:
        local_file(path, folder, folder.parents[1])
    assert not isinstance(reported.value, OutsideError)


@pytest.mark.parametrize(
    ("path", "on_disk"),
    [
        ("SLIDES.PDF", "slides.pdf"),
        ("Slides.pdf", "slides.pdf"),
        ("Photos/A.JPG", "photos/a.jpg"),
        ("./Photos/../slides.PDF", "./photos/../slides.pdf"),
        ("../../Shared.pdf", "../../shared.pdf"),
    ],
)
def test_a_name_in_other_capitals_is_reported_as_the_disk_has_it(
    folder: Path, path: str, on_disk: str
) -> None:
    """The usual slip: it works on the author's machine, and not where the site is served."""
    words = f"“{path}” is “{on_disk}” on disk; capitals count on most servers"
    with pytest.raises(ValueError, match=f"^{re.escape(words)}$"):
        local_file(path, folder, folder.parents[1])


def test_of_two_names_that_differ_in_capitals_each_is_found(folder: Path) -> None:
    (folder / "SLIDES.PDF").touch()
    if len(list(folder.glob("*.[pP][dD][fF]"))) < 3:
        pytest.skip("this file system does not tell capitals from small letters")
    for name in ("SLIDES.PDF", "slides.pdf"):
        assert local_file(name, folder, folder.parents[1]).name == name


@pytest.mark.parametrize("written", ["NFC", "NFD"])
@pytest.mark.parametrize("on_disk", ["NFC", "NFD"])
def test_a_file_is_found_in_either_form_of_its_name(
    folder: Path, written: Literal["NFC", "NFD"], on_disk: Literal["NFC", "NFD"]
) -> None:
    """A Mac writes が as か and a mark; to the eye the two names are one."""
    name = "がくé.pdf"
    (folder / unicodedata.normalize(on_disk, name)).touch()
    path = unicodedata.normalize(written, name)
    found = local_file(path, folder, folder.parents[1])
    assert found.is_file()
    assert unicodedata.normalize("NFC", found.name) == name


def test_no_name_is_suggested_where_none_is_near(folder: Path) -> None:
    with pytest.raises(ValueError, match=r"there is no file “unlike\.xyz” here$"):
        local_file("unlike.xyz", folder, folder.parents[1])


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_link_is_judged_by_where_it_leads(folder: Path) -> None:
    root = folder.parents[1]
    (folder / "inside").symlink_to(root / "shared.pdf")
    assert local_file("inside", folder, root) == (root / "shared.pdf").resolve()
    (folder / "outside").symlink_to(root.parent / "secret.txt")
    (folder / "out").symlink_to(root.parent)
    for path in ("outside", "out/secret.txt", "out/project/../secret.txt"):
        with pytest.raises(OutsideError, match="leads out of the project"):
            local_file(path, folder, root)
    (root / ".hidden").touch()
    (folder / "notes").symlink_to(root / ".hidden")
    with pytest.raises(OutsideError, match="is hidden"):
        local_file("notes", folder, root)
    for name, target in (("loop", "loop"), ("nowhere", "gone")):
        (folder / name).symlink_to(folder / target)
        with pytest.raises(ValueError, match=f"“{name}”"):
            local_file(name, folder, root)


@pytest.mark.skipif(os.name == "nt", reason="links need rights on Windows")
def test_a_project_may_itself_stand_behind_a_link(folder: Path, tmp_path: Path) -> None:
    root = tmp_path / "link"
    root.symlink_to(folder.parents[1])
    assert local_file("slides.pdf", root / "events" / "x", root).name == "slides.pdf"


@pytest.mark.parametrize("name", ["a.jpg", "a.JPEG", "a.png", "a.gif", "a.svg", "a.webp"])
def test_pictures_are_known_by_their_ending(folder: Path, name: str) -> None:
    (folder / "photos" / name).touch()
    found = local_image(f"photos/{name}", folder, folder.parents[1])
    assert found.name == name


@pytest.mark.parametrize(
    ("path", "words"),
    [
        ("slides.pdf", "is no picture; known are gif, jpeg, jpg, png, svg, webp"),
        ("photos", "is no picture"),
        ("https://example.com/a.png", "is an address; save the picture beside this file"),
        ("photos/b.jpg", "there is no file “photos/b.jpg” here"),
        ("../../../x.png", "leads out of the project"),
    ],
)
def test_what_is_no_picture_here_is_reported(folder: Path, path: str, words: str) -> None:
    with pytest.raises(ValueError, match=re.escape(words)):
        local_image(path, folder, folder.parents[1])


@WILD
@given(st.text() | st.text(st.sampled_from("ab./\\~: \n\0Ａé日.")))
@example("slides.pdf/..")
@example("photos/../slides.pdf")
def test_whatever_is_found_is_a_file_of_the_project(a_folder: Path, path: str) -> None:
    root = a_folder.parents[1]
    try:
        found = local_file(path, a_folder, root)
    except ValueError as error:
        assert str(error)  # noqa: PT017, either outcome is right
    else:
        assert found.is_file()
        assert found.is_relative_to(root.resolve())


@pytest.mark.parametrize(
    ("url", "seconds", "started"),
    [
        ("https://youtu.be/1", 75, "https://youtu.be/1?t=75"),
        ("https://www.youtube.com/watch?v=1", 75, "https://www.youtube.com/watch?v=1&t=75"),
        ("https://youtu.be/1?t=9", 75, "https://youtu.be/1?t=9"),
        ("https://youtu.be/1", None, "https://youtu.be/1"),
        ("https://youtu.be/1", 0, "https://youtu.be/1"),
        ("https://vimeo.com/1", 75, "https://vimeo.com/1#t=75s"),
        ("https://speakerdeck.com/aoi/edge", 75, "https://speakerdeck.com/aoi/edge"),
    ],
)
def test_a_video_starts_where_its_service_has_urls_for_it(
    url: str, seconds: int | None, started: str
) -> None:
    assert started_at(url, seconds) == started


@pytest.mark.parametrize(
    ("url", "address"),
    [
        ("https://youtu.be/abc", "https://youtu.be/abc?t=3723"),
        ("https://youtu.be/abc?si=x&t=9", "https://youtu.be/abc?si=x&t=3723"),
        ("https://youtu.be/abc?t=9&si=x#c", "https://youtu.be/abc?si=x&t=3723#c"),
        ("https://m.youtube.com/watch?v=abc", "https://m.youtube.com/watch?v=abc&t=3723"),
        ("https://www.youtube.com/live/abc", "https://www.youtube.com/live/abc?t=3723"),
        ("https://www.youtube.com/embed/abc", "https://www.youtube.com/embed/abc?start=3723"),
        ("https://vimeo.com/76979871", "https://vimeo.com/76979871#t=3723s"),
        ("https://vimeo.com/channels/a/1/", "https://vimeo.com/channels/a/1/#t=3723s"),
        ("https://vimeo.com/1/ab12#t=5s", "https://vimeo.com/1/ab12#t=3723s"),
        ("https://www.nicovideo.jp/watch/sm9", "https://www.nicovideo.jp/watch/sm9?from=3723"),
        ("https://sp.nicovideo.jp/watch/sm9", "https://sp.nicovideo.jp/watch/sm9?from=3723"),
        ("https://nico.ms/sm9", "https://nico.ms/sm9?from=3723"),
        ("https://www.twitch.tv/videos/12", "https://www.twitch.tv/videos/12?t=1h2m3s"),
        ("https://example.com/a/edge.mp4?s=1", "https://example.com/a/edge.mp4?s=1#t=3723"),
        # No videos, or without addresses of places in them.
        ("https://www.youtube.com/playlist?list=PL1", ""),
        ("https://www.youtube.com/@aoi", ""),
        ("https://vimeo.com/aoi", ""),
        ("https://live.nicovideo.jp/watch/lv1", ""),
        ("https://speakerdeck.com/aoi/edge", ""),
        ("https://example.com/youtu.be/abc", ""),
        ("https://notyoutu.be/abc", ""),
        ("mailto:youtu.be/abc", ""),
    ],
)
def test_the_address_of_a_place_in_a_video(url: str, address: str) -> None:
    assert video_at(url, 3723) == address


YOUTUBE = "https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ?autoplay=1"
VIMEO = "https://player.vimeo.com/video/76979871?dnt=1&autoplay=1"
DOCSWELL = "https://www.docswell.com/slide/LK7J5V/embed"
GOOGLE = "https://docs.google.com/presentation/d"


@pytest.mark.parametrize(
    ("url", "player"),
    [
        ("https://youtu.be/dQw4w9WgXcQ", YOUTUBE),
        ("https://youtu.be/dQw4w9WgXcQ?si=aB-c", YOUTUBE),
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ", YOUTUBE),
        ("https://m.youtube.com/watch?feature=x&v=dQw4w9WgXcQ&list=PL1", YOUTUBE),
        ("https://www.youtube.com/shorts/dQw4w9WgXcQ", YOUTUBE),
        ("https://www.youtube.com/live/dQw4w9WgXcQ/", YOUTUBE),
        ("https://www.youtube.com/embed/dQw4w9WgXcQ", YOUTUBE),
        ("https://www.youtube-nocookie.com/embed/dQw4w9WgXcQ", YOUTUBE),
        ("https://youtu.be/dQw4w9WgXcQ?t=754", f"{YOUTUBE}&start=754"),
        ("https://youtu.be/dQw4w9WgXcQ?t=12m34s", f"{YOUTUBE}&start=754"),
        ("https://www.youtube.com/watch?v=dQw4w9WgXcQ#t=1h2m3s", f"{YOUTUBE}&start=3723"),
        ("https://www.youtube.com/embed/dQw4w9WgXcQ?start=90", f"{YOUTUBE}&start=90"),
        ("https://youtu.be/dQw4w9WgXcQ?t=soon", YOUTUBE),
        ("https://vimeo.com/76979871", VIMEO),
        ("https://vimeo.com/channels/staffpicks/76979871", VIMEO),
        ("https://player.vimeo.com/video/76979871#t=90s", f"{VIMEO}#t=90s"),
        ("https://vimeo.com/76979871/ab12", VIMEO.replace("?", "?h=ab12&")),
        ("https://player.vimeo.com/video/76979871?h=ab12", VIMEO.replace("?", "?h=ab12&")),
        ("https://docs.google.com/presentation/d/1aB-_2/edit#slide=id.p", f"{GOOGLE}/1aB-_2/embed"),
        ("https://docs.google.com/presentation/d/e/2PACX-1v/pub", f"{GOOGLE}/e/2PACX-1v/embed"),
        ("https://www.docswell.com/s/ku-suke/LK7J5V-hello-docswell", DOCSWELL),
        ("https://www.docswell.com/s/ku-suke/LK7J5V-hello/13", DOCSWELL),
        ("https://speakerdeck.com/player/0a1b2c", "https://speakerdeck.com/player/0a1b2c"),
        (
            "https://www.slideshare.net/slideshow/embed_code/key/aB1",
            "https://www.slideshare.net/slideshow/embed_code/key/aB1",
        ),
        # Their players have other ids, which would have to be asked for.
        ("https://speakerdeck.com/aoi/edge", ""),
        ("https://www.slideshare.net/aoi/edge", ""),
        ("https://www.youtube.com/playlist?list=PL1", ""),
        ("https://www.youtube.com/@aoi", ""),
        ("https://www.youtube.com/watch", ""),
        ("https://vimeo.com/aoi", ""),
        ("https://docs.google.com/document/d/1aB/edit", ""),
        ("https://www.docswell.com/user/aoi", ""),
        ("https://example.com/youtu.be/dQw4w9WgXcQ", ""),
        ("https://notyoutu.be/dQw4w9WgXcQ", ""),
        ("https://example.com/edge.pdf", ""),
        ("mailto:youtu.be/dQw4w9WgXcQ", ""),
    ],
)
def test_what_may_be_shown_in_place_has_a_players_address(url: str, player: str) -> None:
    assert player_address(url) == player


def test_a_player_begins_where_the_data_says_unless_the_address_does() -> None:
    assert player_address("https://youtu.be/dQw4w9WgXcQ", 90) == f"{YOUTUBE}&start=90"
    assert player_address("https://youtu.be/dQw4w9WgXcQ?t=5", 90) == f"{YOUTUBE}&start=5"
    assert player_address("https://vimeo.com/76979871", 90) == f"{VIMEO}#t=90s"
    assert player_address("https://www.docswell.com/s/ku-suke/LK7J5V-hello", 90) == DOCSWELL


@WILD
@given(
    st.sampled_from(["youtu.be/", "www.youtube.com/watch?v=", "vimeo.com/", "docswell.com/s/a/"]),
    st.text(st.sampled_from("aZ09-_/?&=#.\"'<>%: é")),
)
def test_nothing_of_an_address_escapes_into_that_of_a_player(start: str, rest: str) -> None:
    player = player_address(f"https://{start}{rest}")
    assert re.fullmatch(r"(https://(www|player)\.[\w./-]+(\?[\w&=]+)?(#t=\d+s)?)?", player)


@pytest.mark.parametrize(
    ("url", "sign"),
    [
        ("https://speakerdeck.com/aoi/edge", "slides"),
        ("https://www.slideshare.net/aoi/edge", "slides"),
        ("https://docs.google.com/presentation/d/1/edit", "slides"),
        ("https://youtu.be/1", "video"),
        ("https://vimeo.com/1", "video"),
        ("https://example.com/a/edge.PDF?v=1", "pdf"),
        # Whose page it is, and no slides.
        ("https://speakerdeck.com/aoi", ""),
        ("https://www.youtube.com/@aoi", ""),
        ("https://example.com/", ""),
    ],
)
def test_what_a_service_publishes_has_a_sign(url: str, sign: str) -> None:
    assert sign_of(url) == sign
