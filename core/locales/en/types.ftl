# Kinds of leave, HR's page
title = Leave types
heading = { $count ->
    [one] One kind of leave is used here.
   *[other] { $number } kinds of leave are used here.
  }
lead = Each kind holds from its date on and names the law it follows.
name = Kind
other_name = In Indonesian
since = Since
since_day = Since { $day }
state = State
active = used
idle = not used
own = changed here
terms = What holds now
source = Source
versions = Every version
published = Published { $at }
shipped = as shipped
approve = needs approval
acknowledge = only recorded
months = { $number } months
days_lots = { $many ->
    [1000] { $number } day a year
   *[other] { $number } days a year
  }
days_event = { $many ->
    [1000] { $number } day each time
   *[other] { $number } days each time
  }
days_per_month = { $many ->
    [1000] { $number } day a month
   *[other] { $number } days a month
  }
days_per_year = { $many ->
    [1000] { $number } day a year
   *[other] { $number } days a year
  }
days_per_employment = { $many ->
    [1000] { $number } day in all the years here
   *[other] { $number } days in all the years here
  }
days_open = { $many ->
    [1000] { $number } day
   *[other] { $number } days
  }
as_long = as long as it lasts
counts_working = working days
counts_calendar = calendar days
gender_female = women
gender_male = men
head_gives = Entitlement
head_decision = Decision
head_counts = What counts
head_halves = Half days
head_after_months = Service
head_notice_days = Notice
head_back_days = Afterwards
head_carry_days = Carried over
head_carry_months = Carried for
head_restore_days = Given back
head_negative = Below zero
head_document = Paper
head_pay = Pay
head_gender = For
head_collective = Collective leave
head_encashable = Encashment
term_after_months = { $count ->
    [one] after one month of work
   *[other] after { $number } months of work
  }
term_notice_days = { $count ->
    [one] at least one day before
   *[other] at least { $number } days before
  }
term_back_days = { $count ->
    [one] may be asked for until one day afterwards
   *[other] may be asked for until { $number } days afterwards
  }
term_carry_months = { $count ->
    [one] lost after one month
   *[other] lost after { $number } months
  }
term_restore_days = { $count ->
    [one] days that come back after they expired can be used for one more day
   *[other] days that come back after they expired can be used for { $number } more days
  }
term_carry_days = at most { $number } days
term_negative = down to { $number } days
term_document = for leave from { $after } days on, at most { $within } working days after it
term_pay_until = { $percent }% until month { $until }
term_pay = { $percent }%
term_collective = taken from these days
term_encashable = what is left can be paid out
number_wrong = Give a number, such as 12 or 2.5.
from_wrong = Say from which day it holds.
example_wrong = This example cannot be read: { $line }
done_drafted = The draft is saved. Nobody goes by it yet.
done_published = Published. It holds from its day on.
done_withdrawn = Withdrawn. It is a draft again, and nobody goes by it.
ahead = In force from { $day }
ahead_whole = All of its terms
apart = What changes
apart_now = Today
apart_then = Then
apart_nothing = It says the same as what holds today.
published_by = Published { $at } by { $who }
withdraw = Withdraw it
withdraw_how = It can be withdrawn until it begins; it becomes a draft again.
withdraw_later = A later version builds on this one; withdraw that one first.
done_dropped = The draft was thrown away.
draft = Draft from { $day }
draft_chip = does not hold yet
example = Example
expected = Written
got = New rule
holds = holds
fails = fails
publish = Publish
drop = Throw the draft away
change = Change from a day on
change_how = A draft is tried with its examples first; one that fails holds publication back.
from = Holds from
name_id = Name in Indonesian
name_en = Name in English
figure_days = Days
figure_days_hint = So many every year, or each time for a kind without a balance.
figure_carry_days = Days carried over
figure_carry_days_hint = What is left and may go on into the next year. 0: all of it is lost.
figure_negative = May fall below zero, days
figure_negative_hint = What may be lent from the next grant. 0: nothing.
figure_carry_months = Months they are carried for
figure_carry_months_hint = For so long carried days can be used.
figure_after_months = Months of service
figure_after_months_hint = For so long somebody must have worked. 0: from the first day.
figure_notice_days = Days of notice
figure_notice_days_hint = Asked for at least so many days ahead. 0: at any time.
figure_back_days = Days afterwards
figure_back_days_hint = May still be asked for so many days afterwards. 0: not at all.
figure_restore_days = Days to use what comes back
figure_restore_days_hint = For so long days that come back after they lapsed can be used.
in_use = Used in this company
examples = Examples, one a line
examples_hint = Such as: granted joins=2024-02-01 year=2026 days=12. Rules are granted, cost, carried and paper.
save_draft = Save the draft
new = New kind
new_how = A kind of the company's own. It starts as a draft; nobody goes by it before it is published.
terms_new = Terms
code = Code
code_hint = Small letters, digits and _, such as birthday. It can't be changed later.
code_taken = This code is taken. Choose another.
coming = holds later
lots_only = Schedule, year, carrying, lending and rounding hold for days in a balance only.
pick_schedule = Days are granted
pick_due = Fall due on
pick_basis = Year
pick_round_to = A share of a year is cut to, days
pick_entitlement = How it is given
pick_counts = What counts
pick_per = The days hold for
pick_gender = For
head_schedule = Granted
head_due = Falls due
head_basis = Year
decision_approve = needs approval
decision_acknowledge = only recorded
schedule_yearly = once a year
schedule_quarterly = each quarter
schedule_monthly = each month
schedule_none = by hand only
due_first = the first day
due_last = the last day
basis_calendar = the calendar's
basis_anniversary = from the day of joining
entitlement_lots = days in a balance
entitlement_event = so many days each time
entitlement_open = as long as it lasts
per_request = each request
per_month = a month
per_year = a year
per_employment = all of the employment
gender_all = everybody
halves_allowed = Half days are allowed
document_after = Paper due from day
document_hint = Empty: none is expected.
document_within = Paper due within, working days
pay = Pay in percent
pay_hint = Such as 100, or 100/4 75/8 25: whole until month 4, 75% until month 8, then 25%.
pay_wrong = Write shares such as 100, or 100/4 75/8 25.
source_hint = Such as the article of the company rules.
figure_months = Months each time
figure_months_hint = How long one event takes, such as 3 for a birth. 0: counted in days.
figure_more_days = Further days on top
figure_more_days_hint = May be longer by so many days when agreed.
figure_more_months = Further months with a paper
figure_more_months_hint = May be longer by so much with a doctor's paper.
term_more_days = { $number } { $many ->
    [1] day more
   *[2] days more
  } as agreed
term_more_months = { $number } { $many ->
    [1] month more
   *[2] months more
  } with a paper
head_more_days = On top
head_more_months = On top
term_collective_tick = Collective leave is taken from these days
collective_hint = One kind at most, as a rule annual leave.
head_collective_short = Days missing for it
pick_collective_short = When days are missing for collective leave
collective_short_exempt = the day is free all the same
collective_short_unpaid = the day is unpaid
collective_short_advance = the day is lent
examples_head = Tried with examples
examples_hold = All examples come out as written.
examples_differ = { $count ->
    [one] One example comes out otherwise than written. If that is how it should be now, accept it; if not, change the rule. Until then the draft can't be published.
   *[other] { $number } examples come out otherwise than written. If that is how it should be now, accept them; if not, change the rule. Until then the draft can't be published.
  }
examples_lines = Examples as lines, for who wants to write them
example_unread = this example can't be read
about_granted = Joined on { $joins }: entitlement of { $year }
about_cost = Leave on { $days }{ $half ->
    [am] { " " }(morning only)
    [pm] { " " }(afternoon only)
   *[no] { "" }
  }{ $more }: takes
about_paper = Away on { $days }{ $half ->
    [am] { " " }(morning only)
    [pm] { " " }(afternoon only)
   *[no] { "" }
  }{ $more }: the paper is expected by
about_carried = { $left } days left at the end of a year: carried on
about_off = , with { $days } off
about_used = , after { $days } days were taken
about_asked = , asked for on { $day }
gives_no = refused
gives_refused = refused. { $why }
gives_no_paper = no paper
accept = As it should be
accept_all = Accept all outcomes
go_back = Change it again
done_accepted = The new outcome is accepted. The draft can be published once all its examples fit.
new_all = New kind of leave
