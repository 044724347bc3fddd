"""Branches of the systems that are run from the centre (tax, banks, their regulators): printed forms and full names."""

from __future__ import annotations

import re

_PARENT_FIRST = re.compile(
    r"^国家税务总局(?=.{2,12}税务局$)|^中华人民共和国(?=.{2,10}(?:海关|海事局|边防检查总?站)$)|^中国(?=人民银行.{2,12}(?:分行|支行|营业管理部|总部)$)"
)
"""The system's name before a branch's own, which authority files leave out."""
_SHORT = (
    (re.compile(r"^人行(?=.{2,})"), "人民银行"),
    (re.compile(r"^外汇(?:管理)?局(?=.{2,10}(?:分局|支局)$)"), "国家外汇管理局"),
    (re.compile(r"(?<=人民银行)(.{2,6})营管部$"), r"\1营业管理部"),
    (re.compile(r"(?<=人民银行)(.{2,6})中支$"), r"\1中心支行"),
    (
        re.compile(
            r"^(?:国铁|铁路|中国铁路)?(北京|上海|广州|成都|沈阳|哈尔滨|郑州|武汉|西安|济南|南昌|南宁|昆明|兰州|乌鲁木齐|太原|呼和浩特)(?:铁路)?局集团(?:有限)?(?:公司)?"
        ),
        r"中国铁路\1局集团有限公司",
    ),
    (re.compile(r"^农发行(?=.{2,})"), "中国农业发展银行"),
    (re.compile(r"^(?:国家)?金融监管总局(?=.{2,10}(?:分局|监管局)$)"), "国家金融监督管理总局"),
    (re.compile(r"(?<=^国家金融监督管理总局)(.{2,8}?)(?:监管)?分局$"), r"\1监管分局"),
)
"""Short forms of systems before the seat of a branch, and what they stand for."""
_FULL = (
    (re.compile(r"^(?!国家税务总局)(?=.*(?<!国家)(?<!地方)税务局$)"), "国家税务总局"),
    (re.compile(r"^(?=人民银行.{2,12}(?:分行|支行|营业管理部|总部)$)"), "中国"),
    (re.compile(r"^(?=进出口银行.{2,8}分行$)"), "中国"),
    (re.compile(r"^(?!中国|国家)(.{2,8})银保监(分?局)$"), r"中国银行保险监督管理委员会\1监管\2"),
    (re.compile(r"^(?!中国|国家)(.{2,6})证监局$"), r"中国证券监督管理委员会\1监管局"),
)
"""What a branch's own name is put behind in full."""


def unfolded(name: str) -> str:
    """A printed name as authority files look it up: without its system's name ahead, short forms spelled out.

    >>> unfolded("国家税务总局昆明市税务局"), unfolded("人行昆明中心支行"), unfolded("农发行周口市分行")
    ('昆明市税务局', '人民银行昆明中心支行', '中国农业发展银行周口市分行')
    """
    name = _PARENT_FIRST.sub("", name)
    for short, full in _SHORT:
        name = short.sub(full, name)
    return name


def in_full(canonical: str) -> str:
    """The full name of a branch, behind its system's.

    >>> in_full("昆明市税务局"), in_full("人民银行昆明中心支行"), in_full("河南银保监局"), in_full("昆明市财政局")
    ('国家税务总局昆明市税务局', '中国人民银行昆明中心支行', '中国银行保险监督管理委员会河南监管局', '昆明市财政局')
    """
    for own, full in _FULL:
        canonical = own.sub(full, canonical)
    return canonical
