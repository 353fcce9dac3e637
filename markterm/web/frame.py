"""Pages of the server, as text: everything that is put into one is escaped. What they look like is in `static`."""

from __future__ import annotations

from collections.abc import Iterable
from html import escape
from urllib.parse import quote

from markterm.domain.words.foreign_text import one_line

OWN = "/own"
"""Where the server's own styles and scripts are."""


def framed(title: str, body: str, *, scripts: Iterable[str] = (), styles: Iterable[str] = ()) -> str:
    """A page; `body` is HTML."""
    head = "".join(f'<link rel="stylesheet" href="{escape(each)}">' for each in (f"{OWN}/markterm.css", *styles))
    head += "".join(f'<script src="{escape(each)}" defer></script>' for each in scripts)
    return (
        f'<!DOCTYPE html>\n<html lang="en"><head><meta charset="utf-8"><title>{escape(title)}</title>'
        f'<meta name="viewport" content="width=device-width, initial-scale=1"><link rel="icon" href="data:,">'
        f"{head}</head>\n"
        f"<body>{body}</body></html>\n"
    )


def told(title: str, words: str, *, link: tuple[str, str] = ("/", "Back")) -> str:
    """A page that says something, with a way on."""
    where, called = link
    return framed(
        title,
        f'<main class="card"><h1>{escape(one_line(title))}</h1><p>{escape(one_line(words))}</p>'
        f'<p><a href="{escape(where)}">{escape(called)}</a></p></main>',
    )


def sign_in_page(centre: str, token: str, *, problem: str = "", member: str = "") -> str:
    """Where members sign in by their passwords."""
    said = f'<p class="problem" role="alert" id="problem">{escape(one_line(problem))}</p>' if problem else ""
    # Who was wrong goes on where they most likely were, and is told of it by the title, which is read first.
    at_member, at_password = ("", " autofocus") if member else (" autofocus", "")
    why = ' aria-describedby="problem"' if problem else ""
    return framed(
        f"{'Not signed in. ' if problem else ''}Sign in: {one_line(centre)}",
        f'<main class="card"><h1>MarkTerm</h1><p>{escape(one_line(centre))}</p>{said}'
        '<form method="post" action="/sign-in">'
        f'<input type="hidden" name="token" value="{escape(token)}">'
        '<label for="member">Your id</label>'
        f'<input id="member" name="member" autocomplete="username" autocapitalize="none" spellcheck="false" '
        f'maxlength="32" required{at_member}{why} value="{escape(member)}">'
        '<label for="password">Password</label>'
        f'<input id="password" name="password" type="password" autocomplete="current-password" maxlength="256" '
        f"required{at_password}{why}>"
        "<button>Sign in</button></form>"
        "<p>Your centre gives you both, and a new password if you forgot it.</p></main>",
    )


def account_page(centre: str, begins: str) -> str:
    """Where members sign in by an account that they have elsewhere."""
    return framed(
        f"Sign in: {one_line(centre)}",
        f'<main class="card"><h1>MarkTerm</h1><p>{escape(one_line(centre))}</p>'
        f'<p><a href="{escape(begins)}">Sign in with your account</a></p></main>',
    )


def screen_page(centre: str, member: str, token: str, websocket: str, font_size: int) -> str:
    """The page that the screens are drawn in."""
    return framed(
        f"MarkTerm: {one_line(centre)}",
        f"<header><strong>MarkTerm</strong><span>{escape(one_line(member))}</span>"
        '<nav><a href="/files" target="_blank" rel="noopener">Files</a>'
        '<form method="post" action="/sign-out">'
        f'<input type="hidden" name="token" value="{escape(token)}"><button>Sign out</button></form></nav></header>'
        f'<main id="terminal" class="textual-terminal" data-websocket="{escape(websocket)}" '
        f'data-font-size="{font_size}"></main>'
        '<div id="over" role="alertdialog" aria-labelledby="said" hidden><p id="said"></p>'
        '<button id="again" type="button">Open MarkTerm again</button></div>',
        scripts=(f"{OWN}/session.js", "/static/js/textual.js"),
        styles=("/static/css/xterm.css",),
    )


def files_page(token: str, files: Iterable[tuple[str, int, str]], *, said: str = "", problem: str = "") -> str:
    """The files of whoever is signed in: each with its size and when it came."""
    hidden = f'<input type="hidden" name="token" value="{escape(token)}">'
    rows = "".join(
        f'<tr role="row"><td role="cell"><a href="/files/{quote(name, safe="")}">{escape(one_line(name))}</a></td>'
        f'<td role="cell" class="number">{size:,}</td><td role="cell">{escape(came)}</td>'
        f'<td role="cell"><form method="post" action="/files/remove">{hidden}<input type="hidden" name="name" '
        f'value="{escape(name)}"><button aria-label="Remove {escape(one_line(name))}">Remove</button></form></td></tr>'
        for name, size, came in files
    )
    titles = ("File", "Bytes", "Came", '<span class="unseen">Remove</span>')
    heads = "".join(f'<th role="columnheader">{each}</th>' for each in titles)
    table = (
        # Its roles are said, for a narrow screen shows it as no table.
        f'<table role="table"><thead role="rowgroup"><tr role="row">{heads}</tr></thead>'
        f'<tbody role="rowgroup">{rows}</tbody></table>'
        if rows
        else "<p>You have no files here.</p>"
    )
    notes = (f'<p role="status">{escape(said)}</p>' if said else "") + (
        f'<p class="problem" role="alert">{escape(problem)}</p>' if problem else ""
    )
    return framed(
        "Your files on the server",
        '<main class="card wide"><h1>Your files on the server</h1>'
        "<p>What you send here the screens can take in: a download of learners' work, a register, a form. What they "
        f"export for you lies here too, until you remove it. Nobody else sees it.</p>{notes}"
        f'<form method="post" action="/files" enctype="multipart/form-data">{hidden}'
        '<label for="file">Send files</label><input id="file" name="file" type="file" multiple required>'
        f'<button>Send</button></form>{table}<p><a href="/">Back to MarkTerm</a></p></main>',
    )
