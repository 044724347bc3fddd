"""What a reader says of a file it cannot read."""

from __future__ import annotations


class ReadError(Exception):
    """A file that cannot be read: which, why and what to do, in Chinese and English."""

    def __init__(self, file: str, zh: str, en: str) -> None:
        super().__init__(f"{file}：{zh} / {en}")
        self.file, self.zh, self.en = file, zh, en
