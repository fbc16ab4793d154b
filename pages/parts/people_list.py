"""Who may use the library: each with a role that can be changed, a new password, and the way out; and who is added."""

from collections.abc import Sequence
from dataclasses import replace

import streamlit as st

from ingest import ROLES, WHAT_ROLES_MAY, Person
from ingest.people.roles import Role
from pages.parts.boundary import guarded
from pages.parts.confirm import show_delete
from pages.parts.opened import Pinpoint
from pages.parts.plain import plain_markdown
from pages.parts.session import current, save, widget_value


def show_people(app: Pinpoint, people: Sequence[Person]) -> None:
    """Everybody, by name."""
    for person in people:
        with st.container(border=True, key=f"person-{person.id}"):
            _show_person(app, person)


def show_add_person(app: Pinpoint, number: int) -> None:
    """Somebody more, with a password or without. The fields are empty again when there are more people than before."""
    st.subheader("Add somebody", anchor=False)
    with st.form(f"add-person-{number}", border=True):
        name = st.text_input("Name or e-mail address", max_chars=100, autocomplete="off", key=f"name-{number}")
        role = st.selectbox("Role", ROLES, format_func=_role_words, key=f"role-{number}")
        first = "A first password, of at least 10 characters"
        password = st.text_input(first, type="password", autocomplete="new-password", key=f"password-{number}")
        if app.settings.openid_issuer:
            st.caption("Leave the password empty for somebody who signs in at the sign-in service by e-mail address.")
        if st.form_submit_button("Add"):
            guarded(_add)(app, name, role, password)
            st.rerun()


def _show_person(app: Pinpoint, person: Person) -> None:
    with st.container(horizontal=True, vertical_alignment="center"):
        you = " (you)" if app.person and person.id == app.person.id else ""
        st.markdown(f"**{plain_markdown(person.name)}**{you}", width="stretch")
        st.selectbox(
            "Role",
            ROLES,
            ROLES.index(person.role),
            key=f"role-{person.id}-{person.role}",
            label_visibility="collapsed",
            on_change=guarded(_set_role),
            args=[app, person],
            width=140,
        )
        with (
            st.popover("New password", icon=":material/key:", type="tertiary"),
            st.form(f"password-{person.id}", clear_on_submit=True, border=False),
        ):
            password = st.text_input("At least 10 characters", type="password", autocomplete="new-password")
            st.caption("Tell it to them. They are signed out everywhere.")
            if st.form_submit_button("Set it"):
                guarded(_set_password)(app, person, password)
                st.rerun()
        _show_remove(app, person)
    st.caption(f"May {WHAT_ROLES_MAY[person.role]}. {_how_they_sign_in(person)}")


def _show_remove(app: Pinpoint, person: Person) -> None:
    def remove(ids: Sequence[str]) -> None:
        app.people.remove(int(ids[0]))
        save(replace(current(), done=f"{person.name} was removed, with their conversations."))

    sure = "Remove, with all conversations"
    show_delete("Remove", remove, [str(person.id)], key=f"person-{person.id}", sure=sure, type="tertiary")


def _set_role(app: Pinpoint, person: Person) -> None:
    role: Role = widget_value(f"role-{person.id}-{person.role}")
    app.people.set_role(person.id or 0, role)
    save(replace(current(), done=f"{person.name} may now {WHAT_ROLES_MAY[role]}."))


def _set_password(app: Pinpoint, person: Person, password: str) -> None:
    app.people.set_password(person.id or 0, password)
    save(replace(current(), done=f"{person.name} has a new password."))


def _add(app: Pinpoint, name: str, role: Role, password: str) -> None:
    person = app.people.add(name, role, password if password or not app.settings.openid_issuer else None)
    save(replace(current(), done=f"{person.name} may now {WHAT_ROLES_MAY[person.role]}."))


def _how_they_sign_in(person: Person) -> str:
    ways = ["with a password"] * person.has_password + ["at the sign-in service"] * (
        person.comes_from_service or not person.has_password
    )
    return f"Signs in {' and '.join(ways)}."


def _role_words(role: Role) -> str:
    return f"{role}: may {WHAT_ROLES_MAY[role]}"
