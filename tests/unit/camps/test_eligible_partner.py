from services.camps.model.eligible_partner import EligiblePartner


def test_newer_news_of_a_partner_replace_older() -> None:
    partner = EligiblePartner(id="prt_1", name="Bellin Health", seen_sequence=1)

    assert partner.learn(name="Bellin and Gundersen", sequence=2)
    assert partner.name == "Bellin and Gundersen"


def test_older_news_of_a_partner_arriving_late_change_nothing() -> None:
    partner = EligiblePartner(id="prt_1", name="Bellin and Gundersen", seen_sequence=2)

    assert not partner.learn(name="Bellin Health", sequence=1)
    assert not partner.learn(name="Said twice", sequence=2)
    assert partner.name == "Bellin and Gundersen"


def test_a_partner_that_departed_stays_so_whatever_older_news_come() -> None:
    partner = EligiblePartner(id="prt_1", name="Bellin Health", seen_sequence=1)

    assert partner.leave(sequence=3)
    assert not partner.learn(name="Bellin and Gundersen", sequence=2)
    assert not partner.leave(sequence=3)
    assert (partner.name, partner.departed) == ("Bellin Health", True)
