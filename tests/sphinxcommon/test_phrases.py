"""Where a title may break into lines."""

from __future__ import annotations

from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from sphinxcommon.phrases import phrases


@pytest.mark.parametrize(
    "title",
    [
        "サイバーエージェントにおける|プライベートコンテナ基盤AKEを|支える|技術",
        "~ベンダーロックインを|回避せよ~ Kubernetes|コンテナー管理OSS、|Rancher 2.0の|全貌",
        "インフラエンジニアとしての|キャリア",
        "Kubernetes|セキュリティベストプラクティス",
        "Webサービスの|話",
        "サービスメッシュに対する|期待と、|マイクロサービスに関する|課題について",
        "第3回Kubernetes Meetup Tokyo|参加報告|（2018年4月19日）",
        '"Yahoo! JAPANの|Kubernetes-as-a-Service"で|加速する|アプリケーション開発',
        "『達人』が|語る、",
        "入門|〜はじめの|一歩〜",
        "見聞きした|ことを|持ち帰る。",
        "みんなで|考える|会」|〜入門編〜",
        "入門〜|実践まで",
        "大規模データ ～その|裏側～",
        "対象は|10〜20代、|30〜40代の|人",
        "Rails World 2023",
        "",
    ],
)
def test_a_title_breaks_between_phrases(title: str) -> None:
    assert "|".join(phrases(title.replace("|", ""))) == title


@given(st.text("のにおける技術を支えるAb1 ~、。」）（「ー年", max_size=30))
def test_no_line_begins_or_ends_with_a_mark_that_may_not_stand_there(text: str) -> None:
    found = phrases(text)
    assert "".join(found) == text
    assert all(found)
    for before, after in pairwise(found):
        assert after[0] not in "、。」）ー"
        assert before[-1] not in "（「"
        joint = before[-1] + after[0]
        assert not (joint.isascii() and joint.isalnum())
