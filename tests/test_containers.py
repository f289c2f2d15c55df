"""Archives of files, saved pages in one file, folders of saved pages: what is readable, and reasons for the rest."""

import gzip
import io
import quopri
import tarfile
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from newslab.articles import load_articles
from newslab.readers import containers

TEXT = "Two men left the town on Monday, the police said. Nobody had seen them go, and nobody asked."
PAGE = (
    "<html><head><title>Two men leave</title></head><body><article><h1>Two men leave the town</h1>"
    + "".join(f"<p>{TEXT} That was paragraph {n} of the report.</p>" for n in range(6))
    + "</article></body></html>"
)


def zipped(path, members):
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as file:
        for name, data in members.items():
            file.writestr(name, data)


def tarred(path, members, mode):
    with tarfile.open(path, mode) as file:
        for name, data in members.items():
            data = data.encode() if isinstance(data, str) else data
            info = tarfile.TarInfo(name)
            info.size = len(data)
            file.addfile(info, io.BytesIO(data))


MEMBERS = {
    "pages/a.html": PAGE,
    "b.txt": TEXT + " B",
    "c.jsonl": f'{{"id": "c", "text": "{TEXT} C"}}\n',
    "d.html.gz": gzip.compress(PAGE.replace("Two", "Six").encode()),
    "photo.jpg": b"x",
    ".hidden.txt": TEXT,
    "__MACOSX/b.txt": TEXT,
}


@pytest.mark.parametrize("name", ["x.zip", "x.tar", "x.tar.gz", "x.tgz", "x.tar.bz2", "x.tar.xz"])
def test_an_archive_gives_the_articles_of_its_files(tmp_path, name):
    if name.endswith(".zip"):
        zipped(tmp_path / name, MEMBERS)
    else:
        tarred(
            tmp_path / name,
            MEMBERS,
            {"gz": "w:gz", "tgz": "w:gz", "bz2": "w:bz2", "xz": "w:xz"}.get(name.split(".")[-1], "w"),
        )
    articles = load_articles(tmp_path / name)
    assert articles["article_id"].tolist() == ["a", "b", "c", "d"]
    assert articles["problem"].isna().all()
    assert articles["source_file"].iloc[0] == f"{(tmp_path / name).as_posix()}/pages/a.html"
    again = load_articles(tmp_path / name, metadata=_metadata())
    assert again.set_index("article_id").loc["a", "outlet"] == "The Dubna Post"


def _metadata():
    import pandas as pd

    return pd.DataFrame({"file": ["pages/a.html"], "outlet": ["The Dubna Post"], "sha256": ["0" * 64]})


def test_members_that_are_no_plain_files_are_rows_with_the_reason(tmp_path):
    zipped(tmp_path / "x.zip", {"../../evil.txt": TEXT, "/etc/evil.txt": TEXT, "in.zip": b"PK", "ok.txt": TEXT})
    with tarfile.open(tmp_path / "y.tar", "w") as file:
        for kind, target in ((tarfile.SYMTYPE, "/etc/passwd"), (tarfile.LNKTYPE, "b.txt"), (tarfile.FIFOTYPE, "")):
            info = tarfile.TarInfo(f"link{kind.decode()}.txt")
            info.type, info.linkname = kind, target
            file.addfile(info)
    articles = load_articles([tmp_path / "x.zip", tmp_path / "y.tar"])
    reasons = articles["problem"].tolist()
    assert ["leads out" in str(r) for r in reasons] == [True, True, False, False, False, False, False]
    assert "archive within an archive" in reasons[2]
    assert articles["text"].tolist()[3] == TEXT
    assert all("not a file" in reason for reason in reasons[4:])
    assert not (tmp_path.parent / "evil.txt").exists()


def test_a_member_without_a_name_costs_no_other(tmp_path):
    path = tmp_path / "a.zip"
    with zipfile.ZipFile(path, "w", zipfile.ZIP_STORED) as file:
        file.writestr("NAME", TEXT)
        file.writestr("b.txt", TEXT)
    path.write_bytes(path.read_bytes().replace(b"NAME", b"\x00AME"))  # zipfile ends a name at its first NUL
    articles = load_articles(path, progress=False)
    assert articles["text"].tolist() == [TEXT]


def test_an_archive_that_unpacks_to_too_much_stops_with_a_reason(tmp_path, monkeypatch):
    monkeypatch.setattr(containers, "MAX_UNPACKED", 3_000_000)
    zipped(tmp_path / "bomb.zip", {f"{i}.txt": b"0" * 1_000_000 for i in range(9)})
    articles = load_articles(tmp_path / "bomb.zip")
    assert "as bombs do" in articles["problem"].iloc[-1]
    assert len(articles) == 4
    monkeypatch.setattr(containers, "MAX_MEMBERS", 2)
    assert "more than the 2 files" in load_articles(tmp_path / "bomb.zip")["problem"].iloc[-1]


def test_a_size_that_a_member_lies_about_is_not_believed(tmp_path, monkeypatch):
    zipped(tmp_path / "x.zip", {"a.txt": b"0" * 500_000})
    data = (tmp_path / "x.zip").read_bytes()
    (tmp_path / "x.zip").write_bytes(data.replace((500_000).to_bytes(4, "little"), (5).to_bytes(4, "little")))
    articles = load_articles(tmp_path / "x.zip")
    assert len(articles) == 1
    assert articles["problem"].notna().all() or len(articles["text"].iloc[0]) <= 500_000


@pytest.mark.parametrize("name", ["x.zip", "x.tar", "x.tar.gz"])
@given(data=st.data())
def test_a_damaged_archive_is_never_an_exception(tmp_path_factory, name, data):
    folder = tmp_path_factory.mktemp("damaged")
    if name.endswith(".zip"):
        zipped(folder / name, MEMBERS)
    else:
        tarred(folder / name, MEMBERS, "w:gz" if name.endswith("gz") else "w")
    raw = bytearray((folder / name).read_bytes())
    for _ in range(data.draw(st.integers(1, 5))):
        raw[data.draw(st.integers(0, len(raw) - 1))] = data.draw(st.integers(0, 255))
    (folder / name).write_bytes(raw[: data.draw(st.integers(1, len(raw)))])
    articles = load_articles(folder / name)
    assert len(articles) >= 1
    assert (articles["text"].ne("") | articles["problem"].notna()).all()


def mhtml(html, encoding="utf-8", kind="quoted-printable"):
    body = quopri.encodestring(html.encode(encoding)) if kind == "quoted-printable" else html.encode(encoding)
    head = (
        "From: <Saved by Blink>\r\nSnapshot-Content-Location: https://news.example/ice\r\nMIME-Version: 1.0\r\n"
        'Content-Type: multipart/related; type="text/html"; boundary="----B"\r\n\r\n------B\r\n'
        f"Content-Type: text/html; charset={encoding}\r\nContent-Transfer-Encoding: {kind}\r\nContent-Location: https://news.example/ice\r\n\r\n"
    )
    frame = "\r\n------B\r\nContent-Type: text/html\r\n\r\n<p>An advertisement in a frame.</p>\r\n------B--\r\n"
    return head.encode() + body.replace(b"\n", b"\r\n") + frame.encode()


@pytest.mark.parametrize("encoding", ["utf-8", "windows-1252"])
def test_a_page_saved_in_one_file_is_read_with_its_address(tmp_path, encoding):
    (tmp_path / "ice.mhtml").write_bytes(mhtml(PAGE.replace("Monday", "Monday in a café"), encoding))
    row = load_articles(tmp_path / "ice.mhtml").iloc[0]
    assert (row["headline"], row["url"]) == ("Two men leave the town", "https://news.example/ice")
    assert "café" in row["text"]
    assert "advertisement" not in row["text"]
    assert not isinstance(row["problem"], str)


@pytest.mark.parametrize(
    "data", [b"", b"no mail at all", b"Content-Type: multipart/related\r\n\r\n", b"MIME-Version: 1.0\r\n\r\nhi"]
)
def test_an_mhtml_file_without_a_page_says_so(tmp_path, data):
    (tmp_path / "x.mht").write_bytes(data)
    row = load_articles(tmp_path / "x.mht").iloc[0]
    assert row["text"] == ""
    assert "x.mht" in row["problem"]


@given(st.data())
def test_a_damaged_mhtml_file_is_never_an_exception(tmp_path_factory, data):
    raw = bytearray(mhtml(PAGE))
    for _ in range(data.draw(st.integers(1, 8))):
        raw[data.draw(st.integers(0, 500))] = data.draw(st.integers(0, 255))
    path = tmp_path_factory.mktemp("damaged") / "x.mhtml"
    path.write_bytes(raw[: data.draw(st.integers(1, len(raw)))])
    articles = load_articles(path)
    assert len(articles) == 1
    assert articles["text"].iloc[0] or articles["problem"].iloc[0]


def test_what_a_browser_saves_beside_a_page_is_no_document(tmp_path):
    for page, folder in (("Ice", "Ice_files"), ("Eis", "Eis-Dateien"), ("Wind", "Wind_fichiers")):
        (tmp_path / f"{page}.html").write_text(PAGE.replace("Two", page), encoding="utf-8")
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "frame.html").write_text(PAGE, encoding="utf-8")
        (tmp_path / folder / "style.css").write_text("p{}", encoding="utf-8")
    (tmp_path / "other_files").mkdir()
    (tmp_path / "other_files" / "kept.txt").write_text(TEXT, encoding="utf-8")
    assert load_articles(tmp_path)["article_id"].tolist() == ["Eis", "Ice", "Wind", "kept"]


def test_a_folder_that_links_to_itself_is_read_once(tmp_path):
    (tmp_path / "a.txt").write_text(TEXT, encoding="utf-8")
    (tmp_path / "loop").symlink_to(tmp_path, target_is_directory=True)
    (tmp_path / "gone.txt").symlink_to(tmp_path / "nowhere.txt")
    assert load_articles(tmp_path)["article_id"].tolist() == ["a"]


@pytest.mark.parametrize(
    ("head", "encoding", "told"),
    [
        ('<meta charset="windows-1251">', "windows-1251", False),
        ('<meta http-equiv="Content-Type" content="text/html; charset=iso-8859-1">', "iso-8859-1", False),
        ("", "utf-8", False),
        ('<meta charset="utf-8">', "utf-16", False),
        ('<meta charset="no-such-thing">', "utf-8", False),
    ],
)
def test_a_page_is_read_in_the_encoding_that_it_states(tmp_path, head, encoding, told):
    word = "Дубна" if encoding == "windows-1251" else "café"
    page = PAGE.replace("<head>", f"<head>{head}").replace("Monday", f"Monday in {word}")
    (tmp_path / "p.html").write_bytes(page.encode(encoding))
    row = load_articles(tmp_path / "p.html").iloc[0]
    assert word in row["text"]
    assert isinstance(row["problem"], str) is told


def test_a_few_bytes_of_another_encoding_do_not_spoil_the_rest(tmp_path):
    (tmp_path / "p.txt").write_bytes((TEXT + " Das Café. " * 30).encode() + b" Stra\xdfe.")
    row = load_articles(tmp_path / "p.txt").iloc[0]
    assert row["text"].count("Café") == 30
    assert "1 of its characters are not UTF-8" in row["problem"]
