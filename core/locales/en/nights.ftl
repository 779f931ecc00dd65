# Quiet hours and news
told = What is not urgent is kept from { $since } until { $until } ({ $own ->
    [yes] your choice
   *[no] the company's rule
}). News of wishes and releases is { $news ->
    [yes] on
   *[no] off
}. Answers, decisions, new requests and anything about your account always come at once.
told_none = There are no quiet hours; everything is sent at once. News of wishes and releases is { $news ->
    [yes] on
   *[no] off
}.
what = { $told } Change it? You can write the hours, such as "8 pm to 7 am".
early = 20:00 to 07:00
late = 22:00 to 05:00
company = As the company
news_off = Turn news off
news_on = Turn news on
saved = Saved. { $told }
unclear = From when until when? For example "9 pm to 6 am".
no_hours = Choose the hour it starts and the hour it ends, 0 to 23, or leave both empty to go by the company's.
# Pages
title = Quiet hours and news
lead = During quiet hours reminders and news that is not urgent are kept until morning. Answers, decisions, new requests and anything about accounts always come at once.
starts = From
ends = Until
as_company_short = As the company
now = Now as the company: { $since } to { $until }.
none_now = The company has no quiet hours.
news = Tell me when a wish I support changes its state, and what is new each quarter
save = Save
