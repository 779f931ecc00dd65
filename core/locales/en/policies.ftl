# Terms of service and privacy policy
title = Terms and privacy
heading = { $count ->
        [0] The terms and the policy are accepted.
        [one] One document waits for your company's word.
       *[other] { $number } documents wait for your company's word.
    }
lead = Accepted once by a Super Administrator, by name. Changes are announced before they take effect.
version = Version { $number }, in force since { $day }.
numbered = version { $number }
not_in_force = This is not the version in force.
see_held = See the one in force
coming = A new version takes effect on { $day }.
see_changes = See what differs
changes = What changed
beside = Versions { $first } and { $second } in one: what is gone is struck out, what is new is marked.
versions = All versions
read = Read it
accept = Accept: { $title }
accepted = What was accepted
none = Nothing yet.
done = Accepted and written down.
kind_privacy = Privacy policy
kind_terms = Terms of service
no_version = There is no such version. Load the page again.
told = A new version of { $title } takes effect on { $day }. What changes: { $changes }. Read it at { $address }.
need = { $count ->
        [one] One document waits to be accepted
       *[other] { $number } documents wait to be accepted
    }
need_what = A new version of the terms or the privacy policy.
cookies = Cookies
cookies_title = Cookies in use
cookies_lead = Only what these pages need to work, so there is nothing to agree to.
cookies_kept = What your browser keeps
cookies_name = Name
cookies_for = What for
cookies_how_long = How long
cookies_storage = (browser storage, never sent)
cookies_none = No trackers, no advertising, no statistics of others. Over https the names begin with __Host-.
cookies_long_session = until the browser closes; a session lasts 12 hours at most
cookies_long_year = 1 year
cookies_long_stays = until you delete it
cookie_session = Recognises the browser that signed in.
cookie_csrf = Makes sure that a form that is sent came from our page.
cookie_language = Remembers the language you chose.
cookie_theme = Remembers the light or dark look.
cookie_chat = Recognises who entered the chat inside a page of your company.
cookie_chat_csrf = Makes sure that forms of the chat inside a page of your company came from us.
cookie_unsent = Keeps a sentence that was not sent when the session ended, until you sign in again.
cookie_keys = Remembers that keyboard shortcuts are off.
