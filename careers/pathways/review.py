"""A page in review: whose changes need another look."""


def keep_up(page, revision, user):
    """Whoever may approve a page has seen what they write into it themselves.

    Approving counts for the revision that was submitted, so that nobody publishes what
    they did not see. A reviewer's own comment, correction or schedule makes a newer
    one: without this, their approval would only begin the review again.
    """
    state = page.current_workflow_task_state if user else None
    if state is None:
        return
    acts = state.task.specific.get_actions(page, user)
    if any(name == "approve" for name, *_ in acts):
        type(state).objects.filter(pk=state.pk).update(revision=revision)
