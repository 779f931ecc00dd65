# Accounts and companies
not_an_email = { $value } is not an e-mail address.
company_exists = The company { $name } is there already, as { $slug }. Use another name, or go on with that one.
