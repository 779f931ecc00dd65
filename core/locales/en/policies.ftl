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
