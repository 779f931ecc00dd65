# Why something about a person is asked for
needed = (needed)
why_employee_number = The number that tells two people of one name apart.
why_name = To address and find the person.
why_email = To sign in to the portal and be invited. Kept sealed.
why_phone = For HR to reach them. Kept sealed.
why_nik = Asked for by BPJS and the tax office, which know people by their NIK. Kept sealed.
why_npwp = Asked for by the tax office when PPh 21 is withheld. Kept sealed.
why_kk = Asked for by BPJS Kesehatan to register the family. Kept sealed.
why_birth_date = For BPJS and the age of retirement. Kept sealed.
why_gender = For leave that the law gives, such as maternity leave. Kept sealed.
why_religion = Only for THR and religious leave: the holidays differ. Kept sealed.
why_marital_status = For the tax status and family leave. Kept sealed.
why_dependants = For the tax status (PTKP). Kept sealed.
why_ptkp = Decides the rate at which PPh 21 is withheld. Kept sealed.
why_bank = Where pay is sent. Kept sealed.
why_bank_account = Where pay is sent. Kept sealed.
why_bank_holder = So that the bank does not turn pay away. Kept sealed.
