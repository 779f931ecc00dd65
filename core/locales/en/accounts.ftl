# Accounts and companies
not_an_email = { $value } is not an e-mail address.
