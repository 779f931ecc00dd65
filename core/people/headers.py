"""The names that people give the columns of their lists, in Indonesian and English, and which column each means."""

import re
from collections.abc import Sequence
from difflib import get_close_matches

# The first name of each is the one that messages give.
NAMES: dict[str, tuple[str, ...]] = {
    "employee_number": (
        "Nomor Induk", "NIK Karyawan", "No. Karyawan", "No Induk", "Nomor Karyawan", "Nomor Pegawai", "No Pegawai",
        "Nomor Induk Karyawan", "Nomor Induk Pegawai", "No Induk Karyawan", "NIK Pegawai", "NIP", "ID Karyawan",
        "Kode Karyawan", "Employee Number", "Employee No", "Employee ID", "Staff ID",
    ),
    "name": ("Nama", "Nama Lengkap", "Nama Karyawan", "Nama Pegawai", "Full Name", "Employee Name"),
    "email": ("Email", "E-mail", "Surel", "Alamat Email", "Email Address"),
    "phone": (
        "No HP", "Telepon", "Nomor HP", "HP", "No Telepon", "Nomor Telepon", "No Telp", "Telp", "No WA", "Nomor WA",
        "WhatsApp", "No WhatsApp", "Nomor WhatsApp", "Phone Number", "Mobile", "Mobile Phone",
    ),
    "manager": (
        "Atasan", "Nomor Atasan", "No Atasan", "NIK Atasan", "Nomor Induk Atasan", "Atasan Langsung", "Supervisor",
        "Manager Number", "Reports To",
    ),
    "department": ("Bagian", "Departemen", "Divisi", "Unit Kerja", "Dept", "Division"),
    "position": ("Jabatan", "Posisi", "Job Title", "Title"),
    "grade": ("Golongan",),
    "location": ("Tempat Kerja", "Cabang", "Lokasi", "Lokasi Kerja", "Kantor", "Place of Work", "Branch", "Office"),
    "timezone": ("Zona Waktu", "Time Zone"),
    "employment_type": (
        "Jenis Hubungan Kerja", "Status Karyawan", "Status Kepegawaian", "Jenis Kontrak", "Type of Employment",
    ),
    "join_date": (
        "Tanggal Masuk", "Tgl Masuk", "Mulai Bekerja", "Mulai Kerja", "Tanggal Mulai Bekerja", "Tanggal Bergabung",
        "Tgl Bergabung", "TMT", "Start Date", "Date of Joining", "Hire Date",
    ),
    "resign_date": ("Hari Terakhir", "Tanggal Keluar", "Tgl Keluar", "Tanggal Berhenti", "Last Day", "End Date"),
    "nik": ("NIK", "NIK KTP", "No KTP", "Nomor KTP", "KTP", "NIK (identity number)"),
    "npwp": ("NPWP", "No NPWP", "Nomor NPWP", "NPWP (tax number)"),
    "kk": ("Nomor KK", "No KK", "KK (family card)"),
    "birth_date": ("Tanggal Lahir", "Tgl Lahir", "Date of Birth", "DOB"),
    "gender": ("Jenis Kelamin", "L/P", "Sex"),
    "religion": ("Agama",),
    "marital_status": ("Status Kawin", "Status Pernikahan", "Status Perkawinan"),
    "dependants": ("Tanggungan", "Jumlah Tanggungan", "Dependents"),
    "ptkp": ("PTKP", "Status PTKP", "PTKP (tax status)"),
    "bank": ("Bank", "Nama Bank", "Bank Name"),
    "bank_account": ("Rekening", "No Rekening", "Nomor Rekening", "No Rek", "Account Number"),
    "bank_holder": ("Nama di Rekening", "Nama Rekening", "Atas Nama", "Account Holder"),
    "basic_salary": ("Gaji Pokok", "Gapok"),
    "role": ("Peran",),
}  # fmt: skip
MOST_NAMED = 5


def _bare(name: str) -> str:
    """`No. Karyawan` and `no_karyawan` are one."""
    return re.sub(r"[\W_]+", " ", name.casefold()).strip()


MEANT = {_bare(column): column for column in NAMES} | {
    _bare(name): column for column, names in NAMES.items() for name in names
}


def column_of(name: str) -> str:
    """The column that a header means; one that means none as it stands, in small letters."""
    return MEANT.get(_bare(name), name.strip().lower())


def nearest(name: str) -> str:
    """The name most like a header that means nothing, spelled as people write it; nothing when none is like it."""
    found = get_close_matches(_bare(name), MEANT, n=1, cutoff=0.75)
    return NAMES[MEANT[found[0]]][0] if found else ""


def accepted(column: str) -> str:
    """The first names that a column may have."""
    return ", ".join((*NAMES.get(column, ())[:MOST_NAMED], column))


def ambiguous(head: Sequence[str]) -> bool:
    """Whether `NIK` stands alone: the identity number, or the number of the employee."""
    return "nik" in head and "employee_number" not in head
