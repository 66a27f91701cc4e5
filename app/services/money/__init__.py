"""Invoices and payments.

`totals` is arithmetic and knows no database. `invoicing` writes an invoice: `line_drafts` and `line_defaults` say
what is on it, `billed_charges` whose work that is, `invoice_lines` writes it down. `payments` books money,
`applications` applies it to invoices, `settling` pays an invoice with credit or trust money, `refunds` pays out,
and `trust` keeps the clients' money apart.
"""
