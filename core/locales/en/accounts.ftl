# Accounts and companies
not_an_email = { $value } is not an e-mail address.
company_exists = The company { $name } is there already, as { $slug }. Use another name, or go on with that one.
again = Sign in once more to change how you sign in.
and = { $names } and { $last }
back = Back
blocked_button = Block now
blocked_chats = Chats that were unlinked
blocked_contact = See HR of { $company } with your identity card. This account can't lift the block itself.
blocked_contact_title = How to lift it
blocked_elsewhere = Your account was blocked at your request, { $at }: { $what }. If that wasn't you, see HR now with your identity card.
blocked_heading = Your account is blocked now.
blocked_lead = { $count ->
    [0] No account is blocked.
    [one] { $number } account is blocked by its owner.
   *[other] { $number } accounts are blocked by their owners.
  }
blocked_none = No account is blocked now. Anybody can block their own by writing "block my account" in a chat, or on their account page.
blocked_now = Blocked now, { $at }: { $what }. Nobody can open your data, not from this chat either.
    To lift it, see HR with your identity card.
blocked_first = This employee's account is blocked by its owner. Lift the block on the page of blocked accounts first, then invite.
blocked_says = This account is blocked at its owner's request. To lift it, see HR with your identity card.
blocked_sessions = Web sessions that were ended
blocked_sign_in = This account is blocked at its owner's request. To lift it, see your company's HR with your identity card; the operator lifts it for administrators.
blocked_title = Blocked accounts
blocked_what = Every web session, every linked chat and every unused invitation or link ends at once. HR lifts the block after making sure who you are.
block_ask = Is somebody else using your account?
block_link = Block my account
block_title = Block my account
case = Case number
chats = Chats that speak for you
chats_none = No chat is linked yet. Ask HR for an invitation code and type it in WhatsApp, Telegram or Slack.
chat_confirm = Still mine
chat_end = Unlink
chat_silent = Silent for 90 days: nothing is shown or sent there until you say that it is still yours.
code = Code from your phone, or one recovery code
code_send = Go on
code_title = Second step
code_what = Open the code app on your phone and type the 6 digits for Serambi.
acts_elsewhere = This account has a role in another company too, which its second step protects. Take its role away here; a Super Administrator there takes the second step off, then appoint it again.
reset_blocked = This account is blocked by its owner. Make sure who asks and lift the block first (serambi account unblock), then print the link.
reset_nothing = This address has no password yet. Its way in is an invitation: serambi people invite, or serambi company appoint for a Super Administrator.
code_waits = Several wrong codes in a row: the next may be tried in { $count ->
    [one] a minute
   *[other] { $number } minutes
  }. Nobody waits longer by trying before.
code_wrong = That code doesn't fit or was used before. Wait for the next one and type it; after some wrong ones you have to wait, 15 minutes at most.
codes_done = I've kept them
codes_left = { $count ->
    [one] { $number } recovery code is unused.
   *[other] { $number } recovery codes are unused.
  }
codes_title = Keep these ten recovery codes
codes_what = Each works once should you lose your phone. They are shown only now. Print them, or put them in a password manager.
done_appointed = The role was given.
done_offered = The role is offered. It holds once the owner of the account accepts it.
done_offered_sent = The offer was sent.
done_offered_back = The offer was taken back.
done_chat = The chat was unlinked.
done_confirmed = The chat is yours again.
done_dismissed = The role was taken away, and all their sessions ended.
done_factor = The second step was taken off; it's set up again at the next sign-in.
done_lifted = The block was lifted, and a new invitation code sent by e-mail.
done_lifted_waits = The block is lifted. The new invitation code is on the page "Waiting mail", because there is no mail server yet.
done_lifted_code = The block on { $who } was lifted. There is no e-mail address, so hand over this code yourself: { $code } (once, 72 hours).
done_session = That session was ended.
done_sessions = All other sessions were ended.
done_signed_out = All their sessions were ended.
factor = Second step
factor_mandatory = Your role can only be used with a second step. Set it up now; it takes a minute.
factor_off = not set up
factor_on = on
factor_set = Set up a second step
factor_new = Change phone
factor_title = Set up a second step
factor_scan = Scan this with a code app on your phone (FreeOTP, Aegis, Google Authenticator), or type this secret:
factor_picture = QR code for the code app
factor_type = Then type the 6 digits it shows
forgot = Forgotten your password?
forgot_send = Send the link
forgot_sent = If we know that address, a link for a new password is on its way. It works for 30 minutes, once. Nothing there? Look among the spam, or ask your company's administrator.
forgot_title = New password
forgot_what = Type the e-mail address you sign in with.
heading = Your account
idle = This session ends in two minutes because nothing was done.
idle_again = Sign in again
idle_over = This session has ended. What you typed into a long form is kept.
idle_typed = This session has ended. Sign in again in a new tab, then go on here: what you typed is still there.
idle_stay = Stay signed in
last_operator = The last Operator Administrator can't be removed. Appoint another one first.
last_super = The last Super Administrator can't be removed. Appoint another one first.
mail_blocked =
    Your account at Serambi was blocked, { $at }: { $what }.

    Nobody can open your data. To lift it, see HR with your identity card. If it wasn't you who asked, see them now.
mail_blocked_subject = Your account is blocked
entrance_none = Write that code in the Serambi chat.
entrance_slack = Slack: the Serambi app in your company's Slack
entrance_some = Write that code in one of these chats:
entrance_telegram = Telegram: the Serambi bot (ask HR for its name)
entrance_whatsapp = WhatsApp: the Serambi number (ask HR for it)
mail_invitation =
    { $company } uses Serambi to settle HR matters by chat.

    The code that links your chat: { $code }
    { $where }
    The code works once, until { $until }.
mail_invitation_portal =
    { $company } uses Serambi to settle HR matters by chat.

    The code that links your chat: { $code }
    { $where }
    The code works once, until { $until }.

    Employee portal: { $link }
    This link works once within three days; you choose a password there.
mail_invitation_portal_subject = Your Serambi invitation from { $company }
mail_invitation_subject = Your Serambi invitation from { $company }
mail_lead = { $count ->
    [0] No mail is waiting.
    [one] { $number } mail waits for a mail server.
   *[other] { $number } mails wait for a mail server.
  }
mail_none = Every mail has left.
mail_reset =
    Somebody, you we hope, asked for a new Serambi password.

    { $link }

    The link works for 30 minutes, once, and ends all other sessions. If it wasn't you, leave it be: your old password still works.
mail_reset_subject = A new password for Serambi
mail_served = A mail server is set; what waits leaves within the hour.
mail_tried = { $count ->
    [one] The mail server has not taken it, tried once. Serambi tries on; if this stays so, check SERAMBI_SMTP_URL, or bring the link yourself.
    *[other] The mail server has not taken it, tried { $number } times. Serambi tries on; if this stays so, check SERAMBI_SMTP_URL, or bring the link yourself.
}
mail_title = Waiting mail
mail_to = To { $to }
mail_unblocked =
    The block on your account was lifted.

    Link your chat again with this new code: { $code }
    It works once, until { $until }. Sensitive data opens again 24 hours after you link.
mail_unblocked_subject = The block was lifted
mail_welcome =
    You were given access to { $company } in Serambi.

    { $link }

    The link works once within three days; you choose a password there, and accept the offer by that.
mail_welcome_subject = Your access to { $company }
mail_why = There is no mail server yet: set SERAMBI_SMTP_URL. Until there is, hand the links over yourself; who reads this page is written to the audit trail.
nav_account = My account
needs_reason = Write why, in 5 letters or more. The reason is kept sealed.
no_such_role = There is no such role here. Choose one of the list.
not_blocked = This account isn't blocked any more.
not_from_itself = A block can't be lifted from the blocked account itself. Ask another administrator.
operator_lifts = This is an administrator's account: the operator lifts its block with serambi account unblock.
reason = Reason
role = Role
role_give = Appoint
role_new = Give somebody a role
role_take = Take away
roles_blocked = Blocked accounts
roles_lead = { $count ->
    [one] { $number } person has a role at { $company }.
   *[other] { $number } people have roles at { $company }.
  }
roles_title = People with roles
secure = Security
session_end = End
session_mine = this session
session_others = End all other sessions
session_since = since { $at }, last used { $seen }
session_somewhere = An unknown browser
sessions = Where you're signed in
sign_in_again = That took too long. Sign in again from the start.
sign_out_all = End all their sessions
sure = Is this right?
sure_appoint = { $email } becomes { $role }. Whoever has a role here has it at once, and all their sessions end; to anybody else it is offered, and holds once the owner of the account accepts it.
sure_dismiss = { $who } will no longer be { $role }. All their sessions end.
sure_no = Leave it
sure_yes = Yes, do it
take_off = Take the second step off
take_off_what = For somebody who has lost both phone and recovery codes. Make sure who they are first.
unblock = Lift the block
web = web
no_account = There is no account with the address { $value }.
because = because: { $why }
mail_signed_out =
    An administrator of your company ended all your Serambi sessions and linked chats on { $at }.

    Reason: { $reason }

    You sign in again with your password. To link a chat again, ask HR for an invitation.
mail_signed_out_subject = Your sessions and chats were ended
audit_gap = The gap from entry { $number } was acknowledged by the operator on { $at }: { $reason }
audit_is_whole = The audit is whole; there is nothing to acknowledge.
above_you =
    Their data and access are looked after only by { $role ->
        [supporting_administrator] a Super Administrator or an Administrator
        [agent] a Super Administrator or an Administrator
       *[other] a Super Administrator
    }, because they are { $role ->
        [super_administrator] a Super Administrator
        [administrator] an Administrator
        [data_protection_officer] a Data Protection Officer
        [supporting_administrator] a Supporting Administrator
       *[agent] an Agent
    }.
mail_changed =
    { $what ->
        [password] The password of your Serambi account was changed
        [factor_on] A second step was set up for your Serambi account
        [factor_new] The phone for your second step in Serambi was changed
        [recovery] A recovery code was used to sign in to your Serambi account
        [codes] Ten new recovery codes were made for your Serambi account; the old ones fit no more
        [passkey] A passkey was added to your Serambi account
        [passkey_off] A passkey was removed from your Serambi account
        [passkey_copied] A passkey of your Serambi account was refused because there may be a copy of it (remove it)
       *[factor_off] The second step was taken off your Serambi account
    } on { $at }.

    If that was you, or you asked for it, there is nothing to do.

    If it wasn't, choose a new password at { $forgot } and tell HR now. Where you are signed in, and how to block your account: { $account }
mail_changed_subject = { $what ->
    [password] Your password was changed
    [factor_on] A second step was set up
    [factor_new] The phone for your second step was changed
    [recovery] A recovery code was used
    [codes] New recovery codes were made
    [passkey] A passkey was added
    [passkey_off] A passkey was removed
    [passkey_copied] A passkey was refused
   *[factor_off] Your second step was taken off
  }
answers = Answering in chats
answers_what = Choices can be buttons to press, or written with a digit that you type. It holds in all your chats.
answers_digits = digits
answers_buttons = buttons
answers_to_digits = Use digits
answers_to_buttons = Use buttons
done_digits = From now on choices in chats are written with digits.
done_buttons = From now on choices in chats are buttons.
ended_here = Your session in this company was ended. Sign in once more to go on.
password_change = Change the password
password_what = Other sessions end, and the owner of the account is told by mail.
password_current = Present password
password_do = Change
password_forgot = Forgot the present password?
password_same = That is the present password. Choose another.
current_waits = Several wrong ones in a row: the next may be tried in { $count ->
    [one] a minute
   *[other] { $number } minutes
  }. Nobody waits longer by trying before.
current_wrong = The present password does not fit. Try again; after a few wrong ones you have to wait, 15 minutes at most.
done_nights = Your choice was saved.
done_passkey = The passkey is kept. You can sign in with it from now on.
done_passkey_named = The passkey was renamed.
done_passkey_removed = The passkey was removed; that device doesn't sign in any more.
done_password = The password is changed. Other sessions have ended.
codes_new = New recovery codes
codes_new_what = Ten new codes take the place of all of them; the old ones fit no more. The phone stays.
codes_make = Make new codes
codes_keep = Not now
codes_no_factor = There are recovery codes once a second step is set up.
blocked_all = Blocked accounts
block_all = Block my account
