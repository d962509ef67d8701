"""Entries 1 to 31: how a requirements file falls into lines, comments and options."""

from __future__ import annotations

from tests.inputs.tricky.case import Case

_BOM = "\ufeff"

CASES = (
    Case(1, "django>=1.8,\\\n<3\nflask\n", ("1:1-2:3 django >=1.8,<3@1:7-2:3", "3:1-3:6 flask")),
    Case(2, "django\\\n>=1.8\n", ("1:1-2:6 django >=1.8@2:1-2:6",)),
    Case(
        3,
        "django>=1.8,\\\n# c\n<3\n",
        ("1:1-1:13 django >=1.8@1:7-1:12", "3:1-3:3 DD003 a name starts with a letter or a digit"),
    ),
    Case(
        4,
        "django==4.2 \\ \n    --hash=sha256:aa\nflask\n",
        ("3:1-3:6 flask", "1:13-1:14 DD003 a backslash joins lines only where nothing follows it"),
    ),
    Case(5, "django==4.2 \\\\\nflask\n", ("2:1-2:6 DD003 `flask` follows the last bound",)),
    Case(6, "django==4.2 \\\n\nflask\n", ("1:1-1:12 django ==4.2@1:7-1:12", "3:1-3:6 flask")),
    Case(7, "django==4.2 \\\n", ("1:1-1:12 django ==4.2@1:7-1:12",)),
    Case(7, "django==4.2 \\", ("1:1-1:12 django ==4.2@1:7-1:12",)),
    Case(8, "# foo \\\ndjango==4.2\n", ("2:1-2:12 django ==4.2@2:7-2:12",)),
    Case(9, f"{_BOM}django==4.2\n", ("1:1-1:12 django ==4.2@1:7-1:12",)),
    *(
        Case(10, f"{_BOM}# c\ndjango==4.2\n".encode(encoding), ("2:1-2:12 django ==4.2@2:7-2:12",))
        for encoding in ("utf-16-le", "utf-16-be")
    ),
    *(
        Case(10, "django==4.2\n".encode(encoding), ("DD001 UTF-16 without a byte order mark",))
        for encoding in ("utf-16-le", "utf-16-be")
    ),
    Case(
        11,
        "# -*- coding: latin-1 -*-\n# caf\xe9\ndjango==4.2\n".encode("latin-1"),
        ("3:1-3:12 django ==4.2@3:7-3:12",),
    ),
    Case(11, "# caf\xe9\ndjango==4.2\n".encode("latin-1"), ("DD001 byte 6 is not utf-8",)),
    Case(12, "a==1\rb==2\r", ("1:1-1:5 a ==1@1:2-1:5", "2:1-2:5 b ==2@2:2-2:5")),
    Case(13, "a==1 # x\u2028b==2\n", ("1:1-1:5 a ==1@1:2-1:5", "1:10-1:14 b ==2@1:11-1:14")),
    Case(14, "a==1\x0cb==2\n", ("1:1-1:5 a ==1@1:2-1:5", "1:6-1:10 b ==2@1:7-1:10")),
    Case(14, "a==1 # x\x85b\n", ("1:1-1:5 a ==1@1:2-1:5", "1:10-1:11 b")),
    Case(
        15,
        "a==1\nthis is bad\nb==2\n",
        ("1:1-1:5 a ==1@1:2-1:5", "3:1-3:5 b ==2@3:2-3:5", "2:6-2:12 DD003 there are two words side by side"),
    ),
    Case(16, "django==4.2#hi\n", ("1:12-1:13 DD003 a comment needs a blank before its `#`",)),
    Case(
        17,
        "django==4.2 # ddlint: ignore[DD001]\n",
        ("1:1-1:12 django ==4.2@1:7-1:12", "1:13-1:36 comment"),
    ),
    Case(18, "a==1\t--hash=sha256:aa\n", ("1:5-1:6 DD003 an option needs a plain blank before it, not a tab",)),
    Case(19, "a==1 --hash sha256:aa\n", ("1:1-1:5 a ==1@1:2-1:5",)),
    Case(20, "a==1 --hash=sha256:aa # c\nb==1\n", ("1:1-1:5 a ==1@1:2-1:5", "2:1-2:5 b ==1@2:2-2:5")),
    Case(21, 'django --config-settings "a=b; c"\n', ("1:1-1:7 django",)),
    Case(22, "django -r x.txt\n", ("1:1-1:7 django",)),
    Case(23, "-r x.txt -c c.txt\n", ("1:4-1:9 -> x.txt",)),
    Case(24, '-r "a b.txt"\n', ("1:4-1:13 -> a b.txt",)),
    Case(24, "-r a\\ b.txt\n", ("1:4-1:12 -> a b.txt",)),
    Case(24, "-rfoo.txt\n", ("1:3-1:10 -> foo.txt",)),
    Case(24, "--requirement=foo.txt\n", ("1:15-1:22 -> foo.txt",)),
    Case(24, "-r foo.txt # c\n", ("1:4-1:11 -> foo.txt",)),
    Case(27, "-r https://example.invalid/r.txt\n", ("1:4-1:33 -> https://example.invalid/r.txt",)),
    Case(27, "-r \n", ("1:1-1:3 DD004 names nothing",)),
    Case(28, "-c c.txt\ndjango\n", ("2:1-2:7 django", "1:4-1:9 => c.txt")),
    Case(29, "--index-url https://user:s3cret@example.invalid/simple\n"),
    Case(30, "foo==${VER}\n", ("1:1-1:12 foo unknown",)),
    Case(30, "foo==${ver}\n", ("1:1-1:12 foo unknown",)),
    Case(30, "foo==$VER\n", ("1:1-1:10 foo unknown",)),
    Case(31, "--frobnicate\na\n", ("2:1-2:2 a", "1:1-1:13 DD003 is not an option of pip's requirement files")),
    Case(31, "-foo\na\n", ("2:1-2:2 a",)),
)
