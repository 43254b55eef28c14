"""The public list of defaulters as courts publish it: its field names, its mask, its manner of writing dates.
The internal form belongs to `render`."""

from __future__ import annotations

from collections.abc import Mapping

import polars as pl

from pipelines.samples.world.persons import masked_ids


def public_rows(rows: pl.DataFrame, court_names: Mapping[str, str], area: str) -> pl.DataFrame:
    """Objects of the public list for rows of the defaulters contract. `sexy` is what the field is called there."""
    organisation = pl.col("party_kind") != "自然人"
    number = pl.col("id_number")
    published = pl.col("published_date")
    return (
        rows.with_columns(masked_ids(rows["id_number"]).alias("_masked"))
        .select(
            pl.col("listing_id").cast(pl.Int64).alias("id"),
            pl.col("person_name").alias("iname"),
            pl.col("case_number").alias("caseCode"),
            pl.when(organisation)
            .then(0)
            .otherwise(published.dt.year() - number.str.slice(6, 4).cast(pl.Int32, strict=False))
            .alias("age"),
            pl.when(organisation).then(pl.lit("")).when(number.str.slice(-2, 1).is_in(list("13579")))
            .then(pl.lit("男性")).otherwise(pl.lit("女性")).alias("sexy"),
            pl.col("_masked").alias("cardNum"),
            pl.col("court_code").replace(dict(court_names)).alias("courtName"),
            pl.lit(area).alias("areaName"),
            pl.when(organisation).then(581).otherwise(580).alias("partyTypeName"),
            pl.col("case_number").str.replace("执", "民初").alias("gistId"),
            published.dt.offset_by("-40d").dt.to_string("%Y%m%d").alias("regDate"),
            pl.col("court_code").replace(dict(court_names)).alias("gistUnit"),
            pl.lit("被执行人应当履行生效法律文书确定的给付义务").alias("duty"),
            pl.lit("全部未履行").alias("performance"),
            pl.concat_str("ground", pl.lit("的")).replace_strict(_PUBLIC_GROUNDS, default=pl.col("ground"))
            .alias("disruptTypeName"),
            published.dt.to_string("%Y年%m月%d日").alias("publishDate"),
        )
    )  # fmt: skip


_PUBLIC_GROUNDS = {
    "违反财产报告制度的": "违反财产报告制度的",
    "违反限制消费令的": "违反限制消费令的",
    "无正当理由拒不履行执行和解协议的": "无正当理由拒不履行执行和解协议的",
    "有履行能力而拒不履行生效法律文书确定义务的": "有履行能力而拒不履行生效法律文书确定义务的",
    "伪造证据、暴力、威胁等方法妨碍、抗拒执行的": "以伪造证据、暴力、威胁等方法妨碍、抗拒执行的",
    "虚假诉讼、虚假仲裁或者隐匿、转移财产等方法规避执行的": "以虚假诉讼、虚假仲裁或者以隐匿、转移财产等方法规避执行的",
}
