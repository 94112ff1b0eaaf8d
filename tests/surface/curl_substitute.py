#!/usr/bin/env python3
"""Stands in for curl where there is none: as much of it as the samples use, from the standard library."""

import sys
import urllib.error
import urllib.request


def main(words: list[str]) -> None:
    url, method, headers, data = "", "GET", {}, None
    while words:
        word = words.pop(0)
        if word == "-X":
            method = words.pop(0)
        elif word == "-H":
            name, _, value = words.pop(0).partition(": ")
            headers[name] = value
        elif word == "--data":
            assert words.pop(0) == "@-"
            data = sys.stdin.buffer.read().replace(b"\n", b"")  # as curl does
        else:
            assert not word.startswith("-"), word
            url = word
    try:
        with urllib.request.urlopen(urllib.request.Request(url, data, headers, method=method)) as answer:
            sys.stdout.buffer.write(answer.read())
    except urllib.error.HTTPError as error:
        sys.stdout.buffer.write(error.read())


main(sys.argv[1:])
