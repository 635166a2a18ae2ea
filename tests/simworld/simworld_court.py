"""A tiny court on a real socket. It writes and reads the wire by hand, with nothing of simworld's own coders."""

from __future__ import annotations

import base64
import hashlib
import hmac
import json
import re
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from xml.etree import ElementTree

BANK = "/gateway/bank-soap-gbk/SyyhConvertDataService"
REALTY = "/gateway/realty-soap-utf8/BdcService"
SECRET = "statement-secret"
PAYEE = "62309301202601235"


def gbk(text: str) -> str:
    return base64.b64encode(text.encode("gbk")).decode()


def attributes(**values: str) -> str:
    return " ".join(f'{name}="{gbk(value)}"' for name, value in values.items())


def whole(xml: str) -> str:
    return base64.b64encode(xml.encode()).decode()


def ungbk(element: ElementTree.Element) -> dict[str, str]:
    return {name: base64.b64decode(value).decode("gbk") for name, value in element.attrib.items()}


class FakeCourt:
    """Lists what the test puts on its lists; keeps every feedback; may be told to be away or to break."""

    def __init__(self) -> None:
        self.lists = {"getXzcxList": [], "getXzkzList": [], "cxBdcQL": [], "kzBdcQL": []}
        self.with_documents = self.with_certificates = True
        self.feedback: list[tuple[str, str]] = []
        self.markers: list[str] = []
        self.statements: dict[str, dict] = {}
        self.statement_posts = 0
        self.bad_signatures = 0
        self.bad_serials: set[str] = set()
        self.fed_back: set[str] = set()
        self.drop_answers = 0
        self.refuse_words: dict[str, int] = {}
        self.server = ThreadingHTTPServer(("127.0.0.1", 0), self._handler())
        self.url = f"http://127.0.0.1:{self.server.server_port}"
        threading.Thread(
            target=self.server.serve_forever, kwargs={"poll_interval": 0.05}, daemon=True
        ).start()

    def stop(self) -> None:
        self.server.shutdown()
        self.server.server_close()

    def _handler(court):  # noqa: N805
        class Handler(BaseHTTPRequestHandler):
            def log_message(self, *args):
                pass

            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                if self.path == "/gateway/statement/":
                    status, answer, kind = *court.statement(self.headers, body), "application/json"
                else:
                    status, answer, kind = (
                        *court.soap(self.path, body.decode("utf-8")),
                        "text/xml; charset=utf-8",
                    )
                if court.drop_answers > 0:
                    # worked, but the answer is lost on the way
                    court.drop_answers -= 1
                    self.connection.close()
                    return
                data = answer.encode()
                self.send_response(status)
                self.send_header("Content-Type", kind)
                self.send_header("Content-Length", str(len(data)))
                self.end_headers()
                self.wfile.write(data)

        return Handler

    # SOAP

    def soap(self, path: str, body: str) -> tuple[int, str]:
        operation = re.search(r"<\w+:Body><\w+:(\w+)>", body).group(1)
        arguments = dict(re.findall(r"<(arg0|arg1|usermarker|feedbackinfo|wsbhinfo)>([^<]*)</", body))
        self.markers.append(arguments.get("arg0") or arguments.get("usermarker"))
        answer = self.bank(operation, arguments) if path == BANK else self.realty(operation, arguments)
        return 200, (
            '<s:Envelope xmlns:s="http://schemas.xmlsoap.org/soap/envelope/"><s:Body>'
            f'<n:{operation}Response xmlns:n="urn:x"><return>{answer}</return></n:{operation}Response>'
            "</s:Body></s:Envelope>"
        )

    def bank(self, operation: str, arguments: dict[str, str]) -> str:
        if operation in self.lists:
            root = "cxqqList" if operation == "getXzcxList" else "kzqqList"
            return whole(f"<{root}>{''.join(self.lists[operation])}</{root}>")
        if operation in ("cxwsInfo", "kzwsInfo"):
            return whole(f"<wsList>{self.document() if self.with_documents else ''}</wsList>")
        if operation == "zjInfo":
            image = gbk(base64.b64encode(b"\x89PNG image").decode())
            paper = f'<zj {attributes(BDHM=arguments["arg1"], XH="1", GZZBM="冀0930001")} GZZ="{image}"/>'
            return whole(f"<zjList>{paper if self.with_certificates else ''}</zjList>")
        self.feedback.append((operation, arguments["arg1"]))
        return self.acknowledge(arguments["arg1"])

    @staticmethod
    def document() -> str:
        pdf = b"%PDF-1.7 a ruling"
        content = gbk(base64.b64encode(pdf).decode())
        return f'<ws {attributes(XH="1", WSLB="裁定书", WJLX="pdf", MD5=hashlib.md5(pdf).hexdigest())} WSNR="{content}"/>'

    def acknowledge(self, body: str) -> str:
        try:
            root = ElementTree.fromstring(base64.b64decode(body, validate=True))
            numbers = {ungbk(e)["BDHM"] for e in root.iter() if "BDHM" in e.attrib}
        except Exception:
            return whole(f'<result errMsg="{gbk("报文无法解析")}"/>')
        if not numbers:
            return whole(f'<result errMsg="{gbk("反馈内容为空")}"/>')
        number = numbers.pop()
        if self.refuse_words.get(number, 0) > 0:
            self.refuse_words[number] -= 1
            state, message = "fail", "处理失败"
        elif number in self.fed_back:
            state, message = "fail", "该请求单已反馈，请勿重复反馈"
        else:
            self.fed_back.add(number)
            state, message = "success", ""
        line = attributes(bdhm=number, result=state, msg=message)
        return whole(f'<result errMsg=""><cxjglist><jg {line}/></cxjglist></result>')

    def realty(self, operation: str, arguments: dict[str, str]) -> str:
        if operation in self.lists:
            name = "BDCCXQQLIST" if operation == "cxBdcQL" else "BDCKZQQLIST"
            inner = "".join(self.lists[operation])
            return whole(f'<Message ErrorMSG=""><Head/><Data><{name}>{inner}</{name}></Data></Message>')
        if operation == "kzwsInfo":
            return whole(
                "<Message><Data><WSLIST><WSINFO><XH>1</XH><WSNR>JVBERi0xLjc=</WSNR></WSINFO></WSLIST></Data></Message>"
            )
        if operation == "zjInfo":
            return whole(
                "<Message><Data><ZJLIST><ZJINFO><XH>1</XH><GZZ>iVBORw0KGgo=</GZZ></ZJINFO></ZJLIST></Data></Message>"
            )
        self.feedback.append((operation, arguments["feedbackinfo"]))
        found = re.search(
            r"<CXQQDH>([^<]*)</CXQQDH>",
            base64.b64decode(arguments["feedbackinfo"]).decode("utf-8", "replace"),
        )
        if not found:
            return whole('<RESULTLIST errMsg="报文无法解析"/>')
        line = f"<JG><CXQQDH>{found.group(1)}</CXQQDH><RESULT>success</RESULT><MSG/></JG>"
        return whole(f'<RESULTLIST errMsg=""><CXJGLIST>{line}</CXJGLIST></RESULTLIST>')

    # statements

    def statement(self, headers, body: bytes) -> tuple[int, str]:
        self.statement_posts += 1
        right = hmac.new(SECRET.encode(), body, hashlib.sha256).hexdigest()
        if headers["X-Signature"] != right:
            self.bad_signatures += 1
            return 403, "{}"
        data = json.loads(body)
        if any(line["serial"] in self.bad_serials for line in data["lines"]):
            return 422, "{}"
        for line in data["lines"]:
            self.statements[line["serial"]] = {
                "account": data["account"],
                "agency": headers["X-Agency"],
                **line,
            }
        return 200, json.dumps({"accepted": [line["serial"] for line in data["lines"]]})

    # putting orders on the lists

    def order_inquiry(self, number: str, name: str, id_no: str, document: str = "WS1", **more: str) -> None:
        values = attributes(
            BDHM=number, LB="YH", XZ="1", XM=name, ZJLX="1", DSRZJHM=id_no, FYMC="孟村回族自治县人民法院",
            CBR="张文清", AH="（2026）冀0930执123号", WSBH=document, **more,
        )  # fmt: skip
        self.lists["getXzcxList"].append(f"<cxqq {values}/>")

    def order_control(self, number: str, name: str, id_no: str, items: list[dict[str, str]]) -> None:
        head = attributes(
            BDHM=number, LB="YH", XZ="2", XM=name, ZJLX="1", DSRZJHM=id_no, FYMC="孟村回族自治县人民法院",
            CBR="张文清", AH="（2026）冀0930执123号", CKH="（2026）冀0930执123号之一协助冻结通知书",
        )  # fmt: skip
        rows = "".join(
            "<kzzh "
            + attributes(
                **{
                    "CCXH": str(n),
                    "KZLX": "1",
                    "KZNR": "1",
                    "BZ": "156",
                    "CKWH": "（2026）冀0930执123号之一",
                    **item,
                }
            )
            + "/>"
            for n, item in enumerate(items, start=1)
        )
        self.lists["getXzkzList"].append(f"<kzqq {head}><kzzhlist>{rows}</kzzhlist></kzqq>")

    def results(self, number: str) -> list[dict[str, str]]:
        """The kzxx of the first feedback for a control request."""
        for operation, body in self.feedback:
            if operation != "shfeedXzkzInfo":
                continue
            root = ElementTree.fromstring(base64.b64decode(body))
            rows = [ungbk(e) for e in root.iter("kzxx")]
            if rows and rows[0]["BDHM"] == number:
                return rows
        return []
