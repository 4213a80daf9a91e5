"""Where the pages are: the word of the address is the word of the view and of the command."""

from django.urls import path

from buckstop.web.views import complaints, files, language, links, my_case, sign_in, start

urlpatterns = [
    path("", start.start, name="start"),
    path("language", language.speak, name="speak"),
    path("open", complaints.open_complaint_story, name="open-complaint"),
    path("open/order", complaints.open_complaint_order, name="complaint-order"),
    path("open/wish", complaints.open_complaint_wish, name="complaint-wish"),
    path("open/keep/<slug:step>", complaints.keep_draft, name="keep-draft"),
    path("opened", complaints.complaint_opened, name="complaint-opened"),
    path("find", links.find_case, name="find-case"),
    path("l/<str:token>", links.open_link, name="open-link"),
    path("l/<str:token>/fresh", links.fresh_link, name="fresh-link"),
    path("my/<str:number>", my_case.my_case, name="my-case"),
    path("my/<str:number>/key/<str:secret>", links.open_secret, name="open-secret"),
    path("my/<str:number>/urge", my_case.urge, name="urge"),
    path("my/<str:number>/message", my_case.send_message, name="send-message"),
    path("my/<str:number>/evidence", my_case.submit_evidence, name="submit-evidence"),
    path("my/<str:number>/contact", my_case.log_contact, name="log-contact"),
    path("my/<str:number>/record", my_case.log_contact, name="record-other-side"),
    path("my/<str:number>/takeover", my_case.ask_takeover, name="ask-takeover"),
    path("my/<str:number>/appeal", my_case.appeal, name="appeal"),
    path("my/<str:number>/withdraw", my_case.withdraw, name="withdraw"),
    path("my/<str:number>/reopen", my_case.reopen, name="reopen"),
    path("my/<str:number>/offer", my_case.make_offer, name="make-offer"),
    path("my/<str:number>/offers/<str:offer>/accept", my_case.accept_offer, name="accept-offer"),
    path("my/<str:number>/offers/<str:offer>/reject", my_case.reject_offer, name="reject-offer"),
    path(
        "my/<str:number>/requests/<str:request_id>/answer",
        my_case.answer_request,
        name="answer-request",
    ),
    path(
        "my/<str:number>/remedies/<str:remedy>/confirm",
        my_case.confirm_fulfilment,
        name="confirm-fulfilment",
    ),
    path(
        "my/<str:number>/remedies/<str:remedy>/dispute",
        my_case.dispute_fulfilment,
        name="dispute-fulfilment",
    ),
    path("my/<str:number>/files/<str:digest>", files.my_file, name="my-file"),
    path("sign-in", sign_in.sign_in, name="sign-in"),
    path("sign-out", sign_in.sign_out, name="sign-out"),
]
