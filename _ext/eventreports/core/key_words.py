"""The words that people and other tools use for the model's keys and values: data alone.

Words are separated by blanks, and have ``_`` for a blank or hyphen of their own. Case, width,
``camelCase`` and, of keys, the plural do not count. A key that has a dot leads into the mapping of
the key before it; of several keys with “|” between them the first that is free is meant.
"""

import re
from collections.abc import Iterator, Mapping, Set
from functools import cache
from typing import Final

from sphinxcommon.suggestions import folded

_SCHEDULED: Final = {
    "title": "name subject talk_title session_title session_name heading summary_line 題名 題目 "
    "タイトル 演題 セッション名 発表タイトル 講演タイトル 件名 名称 名前",
    "start": "start_time starts starts_at started_at begin begins begin_time from time "
    "time_start when dtstart hours 開始 始まり 開始時刻 開始時間 開始日時 時間 時刻 時間帯 日時 "
    "発表時間",
    "end": "end_time ends ends_at ended_at finish finishes to until till time_end dtend 終了 "
    "終わり 終了時刻 終了時間 終了日時",
    "duration": "length minutes duration_minutes mins 長さ 所要時間 持ち時間 分数",
    "date": "day day_date session_date recorded recorded_on 日付 開催日 実施日 日 月日",
    "room": "stage hall auditorium 部屋 会議室 教室 ルーム ホール 部屋名 会場名",
    "description": "abstract summary desc details detail content body about outline synopsis "
    "overview blurb 概要 説明 内容 要旨 要約 あらすじ 紹介 アブストラクト 詳細 発表概要 講演概要",
}

_REGISTERED: Final = {
    "name": "title full_name display_name label 名前 名称 氏名 会社名 団体名 題名",
    "id": "slug identifier key",
    "aliases": "alias also_known_as alternate_name alternate_names other_names synonyms nicknames "
    "handles 別名 別表記 他の名前 同義語 ハンドル",
    "at": "events event sessions session where only_at イベント セッション",
    "reading": "kana furigana yomi pronunciation ふりがな フリガナ よみ よみがな 読み 読み方 "
    "読み仮名",
    "description": "about summary desc bio profile abstract 説明 紹介 概要 プロフィール",
    "url|links": "homepage home_page website web site web_site blog サイト ホームページ "
    "公式サイト ウェブサイト",
    "links": "sns social social_links accounts same_as リンク アカウント",
    "image": "picture photo logo avatar img icon 画像 写真 ロゴ",
    "old_ids": "redirect_from redirects former_ids 旧id",
}

#: By the entity's class and the key: words of an equal meaning.
KEYS: Final[Mapping[str, Mapping[str, str]]] = {
    "Event": {
        "name": "event_name conference conference_name event 名称 イベント名 行事名 会議名 "
        "大会名 名前 催し イベント",
        "name|title": "タイトル 題名 件名 headline",
        "title": "heading page_title 見出し",
        "description": "abstract desc details about overview summary content body catch outline "
        "概要 説明 内容 紹介 イベント概要 開催概要 詳細 キャッチコピー",
        "image": "logo picture photo banner cover thumbnail poster eyecatch featured_image icon "
        "画像 ロゴ バナー 写真 アイキャッチ",
        "color": "colour theme_color theme_colour 色 テーマカラー",
        "kind": "type event_type event_kind 種別 種類 形式 区分 イベント種別",
        "series": "super_event event_series 連載 シリーズ",
        "status": "state event_status 状態 ステータス 開催状況",
        "status_text": "",
        "date": "day dates when datetime event_date held held_on time_and_date 日付 日時 "
        "開催 開催日時 日程 開催日 実施日 期間 開催期間 会期 開催日程 いつ",
        "start_date": "start starts starts_at started_at start_time from begin begins first_day "
        "dtstart 開始 開始日 開始日時 初日",
        "end_date": "end ends ends_at ended_at end_time to until till finish last_day dtend 終了 "
        "終了日 終了日時 最終日",
        "timezone": "tz tzid time_zone time_zone_name タイムゾーン 標準時",
        "venue": "location place where hall site venue_name 会場 場所 開催場所 開催地 会場名 どこ",
        "venue.address": "address street street_address venue_address 住所 所在地 会場住所",
        "venue.locality": "city town region country prefecture 市 都市 市区町村 都道府県 国",
        "venue.latitude": "latitude lat 緯度",
        "venue.longitude": "longitude lon lng long 経度",
        "venue.rooms": "rooms room stages 部屋 会議室",
        "venue.maps": "map maps map_url 地図",
        "url|links": "website web site_url homepage home_page official_site event_url web_site "
        "link 公式サイト サイト ウェブサイト ホームページ 公式ページ イベントページ イベントurl",
        "hashtag": "hash_tag twitter_hashtag ハッシュタグ",
        "capacity": "limit max_attendees maximum_attendee_capacity max_participants 定員 "
        "募集人数 収容人数",
        "attendance_mode": "attendance_type event_attendance_mode 開催形式 開催方法 参加方法 "
        "参加形式 参加形態 開催形態",
        "attendance": "attendees attendee_count number_of_attendees participants_count accepted "
        "visitors headcount 参加者数 参加人数 来場者数 出席者数 動員数",
        "language": "lang locale languages in_language 言語 使用言語",
        "organizers": "organiser organizer host hosts hosted_by organized_by organised_by owner "
        "organization organisation 主催 主催者 共催 開催者 運営 幹事",
        "supporters": "supported_by support cooperation cooperators 後援 後援団体 協力 協力団体",
        "sponsors": "sponsor sponsored_by funder funders 協賛 協賛企業 スポンサー 協賛社",
        "sponsor_tiers": "tiers tier sponsor_levels sponsorship_tiers スポンサー枠",
        "media_partners": "media media_partner メディアパートナー メディアスポンサー",
        "reporters": "author authors written_by writer reporter reported_by 報告者 作成者 記入者 "
        "執筆者 著者 報告 書いた人 レポーター 記録者",
        "participants": "members attendee_names colleagues 参加者 参加メンバー 同行者 出席者",
        "purpose": "aim goal objective objectives 目的 参加目的 ねらい",
        "license": "licence copyright_text rights ライセンス 利用許諾",
        "visibility": "privacy access scope 公開範囲 機密区分 取扱区分 機密 取扱い",
        "recipients": "submitted_to 提出先 宛先 報告先",
        "published": "published_on published_at publish_date pubdate 公開日 報告日 作成日 発行日",
        "updated": "last_updated updated_at last_mod last_modified modified revised 更新日 "
        "最終更新 改訂日 更新",
        "id": "slug identifier acronym",
        "old_ids": "aliases redirect_from redirects",
        "topics": "tags labels keywords theme themes about_topics タグ キーワード ラベル "
        "トピック テーマ 分野",
        "links": "related_links related_urls references urls リンク 関連リンク 参考リンク 参考 "
        "参考資料",
        "tracks": "streams トラック",
        "slots": "breaks 休憩",
        "sessions": "talks talk program programme agenda schedule timetable presentations "
        "lectures sub_events セッション 発表 講演 プログラム アジェンダ タイムテーブル 演題 "
        "講演一覧 発表一覧",
        "files": "attachments attachment documents downloads 添付 添付ファイル ファイル 配布資料",
    },
    "Session": {
        **_SCHEDULED,
        "id": "slug code session_id guid",
        "old_ids": "aliases redirect_from",
        "subtitle": "sub_heading tagline 副題 サブタイトル",
        "kind": "type format talk_type session_type session_format submission_type 種別 種類 "
        "形式 セッション種別 発表形式",
        "status": "state 状態 ステータス",
        "speakers": "presenter presenters lecturer lecturers talker persons people author "
        "authors by performer performers given_by panelists who 登壇者 講演者 発表者 話者 講師 "
        "スピーカー プレゼンター 登壇 発表 講演 演者",
        "track": "stream トラック",
        "level": "difficulty audience_level audience target target_audience 難易度 レベル 対象 "
        "対象者 対象レベル",
        "language": "lang locale in_language spoken_language 言語 使用言語 発表言語",
        "slides_language": "slide_language スライド言語 資料の言語",
        "seen": "attended watched seen_as 視聴 視聴方法 参加方法 聴講 聴講方法",
        "visibility": "privacy access scope 公開範囲 機密区分 取扱区分 機密",
        "topics": "tags labels keywords theme themes タグ キーワード ラベル トピック テーマ 分野",
        "slides": "slide deck decks slide_deck presentation presentation_url slides_url "
        "slide_url slide_link slides_link material materials handout 資料 スライド 発表資料 "
        "講演資料 スライド資料 登壇資料 資料url スライドurl",
        "videos": "video youtube youtube_url movie movies recording recordings video_url "
        "videos_url recording_url video_link vimeo vod 動画 録画 ビデオ 映像 アーカイブ "
        "アーカイブ動画 配信 動画url",
        "links": "link url urls website related_links related_urls repository repo リンク "
        "関連リンク 参考 参考リンク 参考資料",
        "children": "talks sub_talks sub_sessions sub_events items lightning_talks 子セッション "
        "発表一覧",
    },
    "Slot": {**_SCHEDULED, "kind": "type 種別 種類"},
    "Person": {
        "name": "full_name display_name fullname public_name full_public_name 氏名 名前 お名前 "
        "姓名",
        "reading": "kana furigana yomi pronunciation ふりがな フリガナ よみ よみがな 読み 読み方 "
        "読み仮名",
        "aliases": "alias handle handles nick nickname nicknames also_known_as alternate_name "
        "ハンドル ハンドルネーム 別名 愛称 あだ名",
        "affiliation": "company org organization organisation employer works_for works_at "
        "affiliations team group department 所属 会社 会社名 所属会社 所属先 勤務先 企業 団体 "
        "部署 組織",
        "job_title": "title position job occupation job_position 役職 肩書 肩書き 職種 職業",
        "role": "part 役割 担当",
        "url|links": "homepage home_page website web site blog page link profile profile_url "
        "サイト ホームページ ブログ ウェブサイト",
        "links": "urls sns social social_links accounts same_as リンク アカウント",
    },
    "Organization": {
        "name": "company org organization organisation title 名称 名前 会社 会社名 企業名 団体名 "
        "社名",
        "url": "website homepage home_page site web link サイト ウェブサイト ホームページ "
        "公式サイト リンク",
        "logo": "logo_path image picture img ロゴ 画像",
        "logo_url": "logo_link image_url ロゴurl",
        "badges": "badge バッジ 特典",
        "description": "about abstract summary desc profile 説明 紹介 概要",
    },
    "SponsorTier": {
        "name": "title tier label 名称 名前 ランク名",
        "sponsors": "members organizations organisations companies items list スポンサー 協賛 企業",
        "level": "rank order priority weight position 順位 ランク レベル",
        "description": "about desc 説明 概要",
    },
    "Group": {
        "name": "title role label 名称 名前 役割",
        "members": "people persons organizations organisations items list メンバー 一覧",
        "description": "about desc 説明 概要",
    },
    "Venue": {
        "name": "title hall building venue_name 名称 名前 会場名 会場",
        "address": "street street_address location 住所 所在地",
        "locality": "city town region area 市 都市 地域 市区町村",
        "latitude": "lat 緯度",
        "longitude": "lon lng long 経度",
        "maps": "map_url map_link 地図 アクセスマップ",
        "url": "website homepage site web link サイト ウェブサイト ホームページ リンク",
        "rooms": "stages 部屋 会議室 ホール",
    },
    "Room": {
        "name": "title room hall 名称 名前 部屋名",
        "description": "about desc floor location place 説明 場所 階",
        "capacity": "seats size limit 定員 席数 収容人数",
    },
    "Track": {
        "name": "title track 名称 名前 トラック名",
        "color": "colour 色",
        "description": "about desc abstract summary 説明 概要",
    },
    "Day": {
        "date": "day when 日付 日 開催日",
        "name": "title label 名称 名前",
        "description": "about desc 説明 概要",
    },
    "Resource": {
        "url": "link href uri web address リンク アドレス",
        "path": "file filename file_name local ファイル パス",
        "title": "name label caption 名称 名前 題名 タイトル",
        "status": "state sharing 状態 公開状況",
        "start": "time begin from offset start_cue 開始 開始位置",
        "language": "lang in_language 言語",
        "text": "note wording comment remark 備考 文言",
        "archived": "archive archive_url archived_url mirror アーカイブ 保存先",
    },
    "Attachment": {
        "name": "title label file_name filename 名称 名前 ファイル名",
        "path": "file local ファイル パス",
        "url": "link href uri リンク",
        "size": "file_size bytes サイズ 大きさ",
        "date": "uploaded uploaded_at uploaded_on added created modified day 日付 更新日 登録日 "
        "追加日",
        "uploader": "author uploaded_by by creator 登録者 作成者 追加者 アップロード者",
        "description": "about desc note caption 説明 概要 備考",
    },
    "PeopleRegister": {"people": "persons speakers members entries 人 人物 登壇者 一覧"},
    "OrganizationsRegister": {
        "organizations": "organisations companies orgs sponsors entries 組織 団体 会社 企業 一覧"
    },
    "TopicsRegister": {
        "is_closed": "closed is_complete controlled 固定 限定",
        "topics": "tags keywords entries トピック タグ キーワード 一覧",
    },
    "SeriesRegister": {"series": "event_series entries シリーズ 連載 一覧"},
    "RegisteredSubject": _REGISTERED,
    "RegisteredTopic": {
        **_REGISTERED,
        "parents": "parent broader wider is_a part_of 親 上位 上位トピック",
    },
}

#: Words of a key that has one of two meanings here, which only the author knows.
EITHER: Final[Mapping[str, Mapping[str, str]]] = {
    "Session": {"room venue": "location place where 会場 場所 開催場所"},
    "Slot": {"room venue": "location place where 会場 場所 開催場所"},
    "Event": {"topics kind": "category カテゴリ カテゴリー"},
}

#: When on its day an event was, for which it has no key.
EVENT_TIMES: Final = (
    "time times hours door_time doors_open opening_hours 時間 時刻 開催時間 開場 開演 開始時刻 "
    "時間帯"
)

#: Facts that are prose: they belong into the notes on the page.
NOTES: Final = (
    "notes note memo memos points takeaways take_aways comment comments impression impressions "
    "feedback questions q_and_a qa actions next_actions thoughts review report remarks メモ "
    "ノート ポイント 要点 所感 感想 まとめ 印象 質疑 質疑応答 質問 ネクストアクション コメント "
    "備考 気づき 学び 全体サマリ サマリ 雑感 考察 議事録 報告内容 bio biography profile 経歴 "
    "略歴 自己紹介 プロフィール"
)
#: Facts without a key of their own, which the description can tell.
DESCRIBED: Final = (
    "price prices cost costs fee fees ticket tickets admission entry registration cfp cfp_url "
    "call_for_papers code_of_conduct coc coc_url hotel hotels access transport parking catering "
    "dress_code contact frequency prerequisites prerequisite requirements preparation 参加費 "
    "費用 料金 会費 入場料 チケット 申込 申し込み 申込方法 問い合わせ 連絡先 交通 アクセス "
    "持ち物 前提知識 事前準備 懇親会"
)

#: By the key and the value that a word stands for where it is true: ``draft: true``.
FLAGS: Final[Mapping[str, Mapping[str, str]]] = {
    "visibility": {
        "draft": "draft is_draft wip 下書き 執筆中",
        "private": "hidden confidential secret unlisted is_private private 非公開 秘密",
        "internal": "internal internal_only 社外秘 社内限り 社内限定",
        "public": "is_public public 公開",
    },
    "status": {
        "cancelled": "cancelled canceled is_cancelled is_canceled 中止",
        "postponed": "postponed 延期",
    },
    "attendance_mode": {
        "online": "online is_online virtual remote is_virtual online_event オンライン",
        "mixed": "hybrid is_hybrid ハイブリッド",
        "offline": "in_person onsite on_site offline オフライン 現地開催",
    },
}
#: Of these, ``false`` says that something is a draft.
PUBLISHED: Final = "published is_public public 公開"
TRUE: Final = "true yes y on 1 はい ○ 〇 ◯ 有 あり する"
FALSE: Final = "false no n off 0 いいえ × 無 なし しない"

#: Words of people in a role: the key of the session, and the role in words.
ROLES: Final = {
    "Moderator": "moderator moderators chair chairperson session_chair facilitator",
    "Host": "host hosts emcee mc",
    "Panelist": "panelist panelists panellist panellists",
    "Interpreter": "interpreter interpreters translator",
    "司会": "司会 司会者",
    "モデレーター": "モデレーター モデレータ 進行 進行役",
    "パネリスト": "パネリスト パネラー",
    "聞き手": "聞き手",
    "座長": "座長",
}

#: Accounts: where a name at a service leads, and what people call the service.
ACCOUNTS: Final = {
    "https://x.com/{}": "twitter x twitter_handle twitter_id twitter_account x_account ツイッター",
    "https://github.com/{}": "github github_handle github_username github_id github_account",
    "https://gitlab.com/{}": "gitlab",
    "https://www.linkedin.com/in/{}": "linkedin linked_in",
    "https://speakerdeck.com/{}": "speakerdeck speaker_deck",
    "https://www.slideshare.net/{}": "slideshare",
    "https://bsky.app/profile/{}": "bsky bluesky blue_sky",
    "https://www.facebook.com/{}": "facebook fb",
    "https://www.instagram.com/{}": "instagram",
    "https://qiita.com/{}": "qiita",
    "https://zenn.dev/{}": "zenn",
    "https://note.com/{}": "note_com",
    "https://connpass.com/user/{}/": "connpass connpass_id",
    "mastodon": "mastodon fediverse",
}

#: Words of values by the key, or by the class and the key where another key has the same name. A
#: word with “+” says more than the value: it is kept as the wording that is shown.
VALUES: Final[Mapping[str, Mapping[str, str]]] = {
    "status": {
        "held": "done took_place finished completed confirmed scheduled event_scheduled ok "
        "as_planned accepted 開催 開催済 開催済み 終了 実施 実施済み 済 予定通り 通常開催",
        "cancelled": "cancel canceled called_off event_cancelled event_canceled withdrawn "
        "rejected+ 中止 キャンセル 開催中止 取りやめ 取り止め 休止+ 中止になりました",
        "postponed": "delayed put_off event_postponed deferred 延期 開催延期 順延 無期限延期",
        "moved": "rescheduled event_rescheduled relocated changed+ 変更 日程変更 会場変更 "
        "日時変更 移動",
        "moved-online": "event_moved_online moved_to_online went_online オンラインに変更 "
        "オンライン移行 オンラインへ変更 オンライン開催に変更",
    },
    "attendance_mode": {
        "offline": "onsite on_site in_person inperson physical venue real face_to_face "
        "offline_event_attendance_mode 現地 現地開催 オフライン オフライン開催 会場 対面 リアル "
        "集合 リアル開催",
        "online": "virtual remote web webinar livestream online_only streaming "
        "online_event_attendance_mode オンライン オンライン開催 リモート 配信 配信のみ "
        "ウェビナー オンラインのみ web開催",
        "mixed": "hybrid both mixed_event_attendance_mode ハイブリッド ハイブリッド開催 両方 "
        "併用 現地とオンライン 会場とオンライン 現地+オンライン オンライン併用",
    },
    "visibility": {
        "public": "open everybody everyone anyone world 公開 一般公開 全体公開 社外公開 社外公開可",
        "internal": "company company_only internal_only internal_use_only 社外秘+ 社内限り+ 社内 "
        "社内限定+ 社内のみ 社内公開 社員限定+ 社内用",
        "private": "hidden unlisted secret confidential+ strictly_confidential+ team_only+ 非公開 "
        "秘+ 極秘+ 部外秘+ 機密+ 関係者限り+ 関係者のみ+ 関係者外秘+ 部内限り+ 限定公開+",
        "draft": "wip unpublished nobody 下書き 下書+ 執筆中 作成中 公開前 未公開",
    },
    "Event.kind": {
        "conference": "conf symposium convention summit カンファレンス コンファレンス 会議 大会 "
        "国際会議 シンポジウム サミット 学会",
        "meetup": "meet_up study_group user_group 勉強会 ミートアップ もくもく会 lt会 lt大会 "
        "交流会 読書会 輪読会 座談会",
        "workshop": "hands_on handson ワークショップ ハンズオン ハンズオンセミナー",
        "seminar": "webinar lecture セミナー ウェビナー 講演会 説明会",
        "hackathon": "hack_day codefest ハッカソン アイデアソン",
        "exhibition": "expo trade_show fair 展示会 見本市 エキスポ",
        "training": "course bootcamp 研修 トレーニング 講習 講習会 講座",
        "internal": "in_house 社内 社内勉強会 社内イベント 社内研修",
        "other": "その他 misc others",
    },
    "Session.kind": {
        "talk": "session presentation lecture speech regular long_talk regular_talk standard "
        "short_talk+ 講演 発表 セッション トーク 一般講演 通常セッション 登壇",
        "keynote": "keynote_speech keynote_session keynotes opening_keynote+ closing_keynote+ "
        "基調講演 キーノート 特別講演+ 招待講演+ invited_talk+",
        "lightning-talk": "lt lts lightning lightning_talks lightningtalk flash_talk "
        "ライトニングトーク lt枠 エルティー",
        "workshop": "hands_on handson hands_on_session ワークショップ ハンズオン 実習",
        "tutorial": "チュートリアル 入門講座 course+ training+",
        "panel": "panel_discussion panel_session discussion panel_talk パネル "
        "パネルディスカッション パネルセッション パネル討論 座談会+ 対談+ トークセッション+ "
        "ディスカッション+ fireside_chat+",
        "q-and-a": "qa q&a qanda questions_and_answers ama+ 質疑応答 質疑 q&aセッション",
        "demo": "demonstration booth+ デモ デモンストレーション 実演 ブース+ 展示+",
        "poster": "posters poster_session ポスター ポスターセッション ポスター発表",
        "meeting": "bof+ birds_of_a_feather+ unconference+ ost+ open_space+ ミーティング 会合 "
        "もくもく会+ 交流会+",
        "other": "その他 misc others",
    },
    "Slot.kind": {
        "break": "pause rest coffee+ coffee_break+ tea+ tea_break+ 休憩 休憩時間 "
        "コーヒーブレイク+ 転換+",
        "meal": "lunch+ dinner+ breakfast+ lunch_break+ 昼食+ 昼休み+ ランチ+ 夕食+ 朝食+ 食事 "
        "昼休憩+ お昼+",
        "registration": "reception+ check_in+ doors_open+ 受付 開場+ 受付開始+",
        "opening": "opening_remarks+ welcome+ 開会 オープニング 開会式+ 開会挨拶+ 挨拶+",
        "closing": "closing_remarks+ 閉会 クロージング 閉会式+ 閉会挨拶+",
        "party": "after_party+ drinks+ social+ networking+ 懇親会+ パーティー 交流会+ 打ち上げ+ "
        "ビアバッシュ+",
        "other": "その他 misc",
    },
    "seen": {
        "live": "onsite on_site in_person attended there live_stream livestream 現地 現地参加 "
        "現地で聴講 参加 聴講 会場 オンライン参加 リアルタイム 生 ライブ 生中継 ライブ配信 "
        "リアルタイム視聴 当日 当日参加",
        "recording": "recorded video archive youtube vod 録画 アーカイブ 動画 録画視聴 "
        "アーカイブ視聴 後日視聴 録画で視聴",
        "slides": "deck slides_only slide スライド 資料 スライドのみ 資料のみ 資料で確認",
        "missed": "no not_seen absent skipped none not_attended 欠席 不参加 未視聴 見ていない "
        "見られなかった 見逃した 未聴講 聞いていない",
    },
    "Resource.status": {
        "available": "shared public published open 公開 公開済み 公開中 共有済み 共有 あり",
        "not-shared": "private not_public unpublished not_available unavailable not_published "
        "not_disclosed 非公開 公開なし 共有なし 公開予定なし 未共有+ 非共有 公開しない 公開不可 "
        "none+ no+ nothing+ n/a+ na+ なし+ 無し+ 無+ ない+",
        "not-recorded": "unrecorded no_recording no_video 録画なし 録画無し 録画せず 未録画 "
        "撮影なし 撮影禁止+ 録画禁止+ 録画不可+",
        "later": "soon coming_soon upcoming pending in_preparation to_be_published to_be_shared "
        "to_come 後日 後ほど 後日公開 後日共有 準備中 公開予定 共有予定 近日公開 近日 公開準備中 "
        "後日掲載 後で",
        "gone": "deleted removed dead lost expired offline 削除 削除済み 公開終了 リンク切れ "
        "消滅 配信終了 非公開になった+",
    },
}
#: The key that takes the wording of a value, by the key or by the class and the key.
WORDINGS: Final = {
    "status": "status_text",
    "visibility": "visibility_text",
    "Session.kind": "kind_text",
    "Slot.kind": "title",
    "Resource.status": "text",
}
#: What stands for a value that is not there, or not known.
NOTHING: Final = (
    "none no nothing n/a na nil unknown - -- --- ? tbd tba tbc todo pending なし 無し 無 ない "
    "不明 未定 未記入 要確認 調整中 検討中 該当なし"
)


def same_key(word: str) -> str:
    """Return a key in the form in which those that mean the same are equal."""
    plain = same_value(re.sub(r"(?<=[a-z0-9])(?=[A-Z])", "_", word))
    if plain.endswith("ies"):
        return f"{plain[:-3]}y"
    return plain[:-1] if len(plain) > 3 and plain[-1] == "s" and plain[-2] != "s" else plain


def same_value(word: str) -> str:
    """Return a word of a value in the form in which those that mean the same are equal."""
    return re.sub(r"[-_\s]+", "_", folded(word)).strip("_。.!") or folded(word)


def is_among(word: str, words: str) -> bool:
    """Return whether a word of a value is one of some, which are separated by blanks."""
    return same_value(word) in map(same_value, words.split())


@cache
def keys_by_word(entity: str) -> Mapping[str, str]:
    """Return the keys of a class by the words for them; :data:`KEYS` says how these are written."""
    rows = KEYS.get(entity, {}).items()
    return {same_key(word): key for key, words in rows for word in words.split()}


@cache
def values_by_word(entity: str, key: str) -> Mapping[str, tuple[str, str]]:
    """Return values of a key by the words for them, with the key that takes the wording.

    :param entity: The name of the class that has the key.
    :param key: The key.
    :returns: The value, and a key if the word says more than the value.
    """
    name = f"{entity}.{key}" if f"{entity}.{key}" in VALUES else key
    wording = WORDINGS.get(name, "")
    return {
        same_value(word.rstrip("+")): (value, wording if word.endswith("+") else "")
        for value, words in VALUES.get(name, {}).items()
        for word in words.split()
    }


def sharing(text: str) -> tuple[str, str] | None:
    """Return the state of slides or a video that a text says instead of where they are.

    :param text: A word, which may have a note in brackets behind it.
    :returns: The state, and the wording where it says more; nothing if the text says none.
    """
    known = values_by_word("Resource", "status")
    plain, bracket, _ = folded(text).partition("(")
    found = known.get(same_value(text)) or (known.get(same_value(plain)) if bracket else None)
    return (found[0], text if found[1] or bracket else "") if found else None


def flag(word: str) -> Iterator[tuple[str, str]]:
    """Yield the key and the value that a word stands for where it is true, if it is such a word."""
    for key, values in FLAGS.items():
        for value, words in values.items():
            if same_key(word) in map(same_key, words.split()):
                yield key, value


def role(word: str) -> str | None:
    """Return the role of people whose key a word is."""
    return _found(word, ROLES)


def account(word: str, text: str) -> str | None:
    """Return the address of an account.

    :param word: What the service is called.
    :param text: A name there, or an address.
    :returns: The address; nothing, if the word is no service or the text no name.
    """
    pattern = _found(word, ACCOUNTS)
    if pattern is None or re.match("https?://", text):
        return None if pattern is None else text
    if pattern == "mastodon":
        parts = re.fullmatch(r"@?([\w.-]+)@([\w-]+(?:\.[\w-]+)+)", text)
        return f"https://{parts[2]}/@{parts[1]}" if parts else None
    name = text.removeprefix("@")
    return pattern.format(name) if re.fullmatch(r"[\w.-]+", name, re.ASCII) else None


def _found(word: str, rows: Mapping[str, str]) -> str | None:
    plain = same_key(word)
    return next(
        (name for name, words in rows.items() if plain in map(same_key, words.split())), None
    )


@cache
def visibility_words() -> Set[str]:
    """Return the words of keys that say for whom something is, as :func:`same_key` writes them."""
    flags = " ".join((PUBLISHED, *FLAGS["visibility"].values()))
    return {
        *map(same_key, flags.split()),
        *(word for word, key in keys_by_word("Event").items() if key == "visibility"),
    }
