"""Pages that say what did not work and what to do next."""

from django.http import HttpRequest, HttpResponse
from django.shortcuts import render

from buckstop.web.language import t

_HEADS = {
    400: "这个请求我们看不懂",
    403: "这里不是给您的",
    404: "没有找到这一页",
    405: "这个地址不能直接打开",
    409: "现在不能这样做",
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
) -> HttpResponse:
    """Say what happened and what to do; `again` is where the reader can go on."""
    error = {
        "head": head or t(_HEADS.get(status, _HEADS[500])),
        "about": about,
        "again": again,
        "again_label": again_label,
    }
    return render(request, "errors/error.html", {"error": error}, status=status)


def bad_request(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer what cannot be read; most often it is too much at once."""
    del exception
    about = t("可能是内容太长，或者中途断了。请退回上一页，您写的还在；长的内容可以作为文件上传。")
    return page(request, 400, about)


def forbidden(request: HttpRequest, exception: Exception) -> HttpResponse:
    """Answer somebody who may not."""
    del exception
    return page(request, 403, t("您现在的身份不能看这一页。要是弄错了，请换个身份登录。"))


def forged(request: HttpRequest, reason: str = "") -> HttpResponse:
    """Answer a form that did not come from a page of ours, or from one left open for long."""
    del reason
    about = t("这一页开得太久，或者浏览器关了 Cookie。请退回上一页刷新一下再发，您写的还在。")
    return page(request, 403, about)


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


def failed(request: HttpRequest) -> HttpResponse:
    """Answer when we are at fault."""
    return page(request, 500, t("不是您的问题，您已经发出的都在。请过几分钟再试一次。"))
