"""Pages that say what did not work and what to do next."""

from collections.abc import Mapping, Sequence

from django.conf import settings
from django.core.exceptions import RequestDataTooBig, TooManyFieldsSent
from django.http import HttpRequest, HttpResponse, HttpResponseBase, JsonResponse
from django.shortcuts import render

from buckstop.records.evidence.limits import MEGABYTE
from buckstop.web import slips
from buckstop.web.language import t

_OF_PROGRAMS = ("application/json", "application/problem+json")
_HEADS = {
    400: "这个请求我们看不懂",
    403: "这里不是给您的",
    404: "没有找到这一页",
    405: "这个地址不能直接打开",
    409: "现在不能这样做",
    410: "这个链接不能用了",
    413: "文件太大了",
    422: "有一处要请您再看一下",
    429: "请过一会儿再来",
    500: "我们这边出错了",
}


def page(  # noqa: PLR0913 - what such a page may say
    request: HttpRequest,
    status: int,
    about: str,
    *,
    head: str = "",
    again: str = "",
    again_label: str = "",
    words: str = "",
) -> HttpResponse:
    """Say what happened and what to do.

    `again` is where the reader can go on, `words` what they wrote and will want back.
    """
    head = head or t(_HEADS.get(status, _HEADS[500]))
    if wants_problem(request):
        return _problem(status, head, about)
    error = {
        "head": head,
        "about": about,
        "words": words,
        "again": again,
        "again_label": again_label,
    }
    return render(request, "errors/error.html", {"error": error}, status=status)


def wants_problem(request: HttpRequest) -> bool:
    """Tell whether a program asks, which is told of a no in fields (RFC 9457)."""
    return request.get_preferred_type(["text/html", *_OF_PROGRAMS]) in _OF_PROGRAMS


def _problem(
    status: int, title: str, detail: str, wrong: Mapping[str, Sequence[str]] | None = None
) -> JsonResponse:
    told = {"type": "about:blank", "title": title, "status": status, "detail": detail}
    if wrong:
        told["errors"] = {name: [str(one) for one in ones] for name, ones in wrong.items()}
    return JsonResponse(
        told,
        status=status,
        content_type="application/problem+json",
        json_dumps_params={"ensure_ascii": False},
    )


def as_problem(request: HttpRequest, response: HttpResponseBase) -> HttpResponseBase:
    """Say in fields what a page said to a reader, unless it is said so already."""
    if not response.headers.get("Content-Type", "").startswith("text/html"):
        return response
    status = response.status_code
    refused = getattr(request, "refused", None)
    wrong = getattr(request, "wrong", {})
    first = next((str(ones[0]) for ones in wrong.values()), "")
    title = t(_HEADS.get(status, _HEADS[500]))
    told = _problem(status, title, refused.sentence if refused else first or title, wrong)
    if "Retry-After" in response.headers:
        told.headers["Retry-After"] = response.headers["Retry-After"]
    return told


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what cannot be read; most often it is too much at once."""
    match exception:
        case RequestDataTooBig():
            most = settings.DATA_UPLOAD_MAX_MEMORY_SIZE // MEGABYTE
            about = t(
                "一次最多发 {n} MB 文字。请退回上一页，您写的还在那里；"
                "留下要紧的，其余的存成文件上传。",
                n=most,
            )
            return page(request, 413, about, head=t("文字太长了"))
        case TooManyFieldsSent():
            about = t("这张表里的格子比我们给的多。请从首页重新打开这一页再填。")
            return page(request, 400, about)
    about = t("内容没有收全，或者不是 UTF-8 编码。请退回上一页，您写的还在，再发一次。")
    return page(request, 400, about)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer somebody who may not."""
    del exception
    return page(request, 403, t("您现在的身份不能看这一页。要是弄错了，请换个身份登录。"))


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not come from a page of ours, or from one left open for long."""
    del reason
    sent = "\n\n".join(slips.words_of(request))
    if slips.is_ours(request) and slips.keep(request):
        about = t("这一页开得太久了，刚才没有发出去。您写的都在，点一下就回到那一页接着发。")
        return page(
            request, 403, about, head=t("还没有发出去"), again=request.path,
            again_label=t("接着写"), words=sent,
        )  # fmt: skip
    about = t("这一页开得太久，或者浏览器关了 Cookie。请退回上一页刷新一下再发。")
    return page(request, 403, about, head=t("还没有发出去"), words=sent)


def not_found(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer for a page that is not there."""
    del exception
    return page(request, 404, t("地址可能抄漏了一段。案件的链接在收件回执和信里，请整段复制。"))


def wrong_method(request: HttpRequest, allowed: str) -> HttpResponse:
    """Answer who opens the address of a button."""
    about = t("它是一个按钮的地址，要从页面上点。请退回上一页，或者从首页重新进入。")
    answer = page(request, 405, about)
    answer.headers["Allow"] = allowed
    return answer


def unreadable(request: HttpRequest) -> HttpResponse:
    """Answer for a case that another version of this program has written in already."""
    head = t("这个案件暂时打不开")
    about = t(
        "系统正在换新版本，这个案件已经由新版本接着记了，这一台还读不懂。什么都没有丢，请过几分钟再打开。一直打不开，请告诉受理您的服务台。"
    )
    return page(request, 503, about, head=head)


def failed(request: HttpRequest) -> HttpResponse:
    """Answer when we are at fault."""
    return page(request, 500, t("不是您的问题，您已经发出的都在。请过几分钟再试一次。"))
