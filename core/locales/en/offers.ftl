# Memberships that were offered to an account and that its owner did not accept yet
accept = Accept
as = You are asked to be
at = Offered { $at }.
by = Offered by { $who }, { $at }.
by_mail = Accept by the link that was mailed to the address of this account: it shows that the address is yours. Not there? Ask the company to send it again.
decline = Decline
demands = Some roles ask for a second step and a longer password when you open that company.
done_accepted = Accepted. The company is in the menu now.
done_declined = Declined. The company can read that.
gone = This offer is gone: it was taken back, or answered before. Load this page again.
just_sent = This offer was sent just now. It can be sent again an hour later at the earliest.
link_accepts = By setting a password you accept what { $company } offers: { $roles }.
link_signs_in = You have a password already? Sign in instead, and answer on the page Offers.
mail =
    { $company } offers you the role { $role } in Serambi.

    Sign in with your account, then accept or decline here: { $link }

    As long as you don't accept, nothing about your account changes. You don't know this company? Decline.
mail_subject = { $company } offers you a role in Serambi
none = No offer waits for your answer.
revoke = Take back
send = Send again
standing = Offered, not accepted yet
standing_what = These people have no role here before they accept it themselves.
state_declined = Declined { $at }
state_waits = Waiting since { $at }
title = Offers
unsent = It can't be sent yet: another company asks for this account too, so its link may only go by a mail server (SERAMBI_SMTP_URL).
what = Companies that want you to work or act for them. As long as you don't accept, nothing about your account changes.
