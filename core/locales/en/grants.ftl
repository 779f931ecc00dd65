title = Operator access
heading = { $count ->
    [one] Operator access: { $number } needs your attention
   *[other] Operator access: { $number } need your attention
    }
heading_none = The operator can't open this company's data
lead = Serambi's team sees something only while a Super Administrator lets them, can change nothing, and every page they open is listed here.
standing = Requests and access now
past = Earlier
past_none = There was none yet.
state_asked = Waits for an answer
state_open = May look now
state_over = Time is over
state_ended = Ended
state_declined = Declined
state_lapsed = Not answered
why = Reason: { $reason }
asked_for = Asked { $at }, for { $minutes ->
    [30] 30 minutes
    [120] 2 hours
    [480] 8 hours
   *[other] { $number } minutes
    } from your yes.
asked_at = Asked { $at }.
open_until = Until { $at }. Allowed by { $who }.
from_until = { $from } to { $until }. Allowed by { $who }.
ended_by = Ended by { $who }.
declined_by = Declined by { $who }.
give = { $minutes ->
    [30] Allow 30 minutes
    [120] Allow 2 hours
    [480] Allow 8 hours
   *[other] Allow { $number } minutes
    }
decline = Decline
end = End it now
only_super = Only a Super Administrator can allow it.
looked = { $count ->
    [one] The last page that was opened
   *[other] The last { $number } pages that were opened
    }
looked_none = No page has been opened.
done_given = Allowed. The time runs from now on, and you can end it whenever you like.
done_ended = Ended. From now on nothing can be opened.
done_declined = Declined.
done_asked = Your request has reached that company's Super Administrators. Nothing opens until one of them allows it.
answered = This request was answered, ended or has run out.
already = There is a request or an access for this company that still holds.
no_such_length = Choose how long from the list.
companies = Companies
companies_lead = You see their names alone. All else stays shut until a company lets you in.
companies_list = Companies on this Serambi
companies_none = No company is called so.
find = Find a name
company = Company
access = Your access
closed = Shut
waits = Waits for an answer
may_look_until = You may look until { $at }
company_lead = Its data is shut to you. A Super Administrator of this company decides, and can end it whenever they like.
ask_title = Ask to look
reason = What for
reason_hint = The company reads this. Name the ticket and what you need to see.
how_long = How long
length = { $minutes ->
    [30] 30 minutes
    [120] 2 hours
    [480] 8 hours
   *[other] { $number } minutes
    }
ask = Send the request
asked_before = Your requests
asked_none = You have not asked yet.
until = Until { $at }.
enter = Look at this company
banner = You look at { $company } as a guest until { $at }. You can change nothing, and the company reads each page you open.
looks_only = You are a guest in this company: you may look only. Change what needs changing together with somebody of the company.
mail_asked =
    { $who } asks to look at the data of { $company } on Serambi for { $minutes } minutes.

    Reason: { $reason }

    Nothing can be opened until you allow it. Allow or decline here:
    { $link }
mail_asked_subject = Serambi asks to look at { $company }
need = { $count ->
    [one] { $number } request of the operator waits for an answer
   *[other] { $number } requests of the operator wait for an answer
    }
need_what = The operator wants to look at the company's data. Without a yes nothing opens.
need_open = The operator may look at the company's data now
need_open_what = Until { $at }. You can end it whenever you like.
