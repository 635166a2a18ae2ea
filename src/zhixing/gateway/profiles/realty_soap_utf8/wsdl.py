"""Service description of the registry family: RPC style with named string parameters."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from zhixing.gateway.profiles.base import Operation
from zhixing.gateway.profiles.realty_soap_utf8.operations import OPERATIONS, SERVICE

_ENCODED = 'use="encoded" encodingStyle="http://schemas.xmlsoap.org/soap/encoding/"'


def wsdl_text(location: str, namespace: str) -> str:
    """WSDL 1.1 with this address and namespace."""
    operations = OPERATIONS.values()
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions name="{SERVICE}" targetNamespace={quoteattr(namespace)} xmlns:tns={quoteattr(namespace)}
    xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:wsdlsoap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:xsd="http://www.w3.org/2001/XMLSchema">
{"".join(_messages(item) for item in operations)}<wsdl:portType name="{SERVICE}">
{"".join(_port_operation(item) for item in operations)}</wsdl:portType>
<wsdl:binding name="{SERVICE}SoapBinding" type="tns:{SERVICE}">
<wsdlsoap:binding style="rpc" transport="http://schemas.xmlsoap.org/soap/http"/>
{"".join(_bound_operation(item, namespace) for item in operations)}</wsdl:binding>
<wsdl:service name="{SERVICE}"><wsdl:port name="{SERVICE}Port" binding="tns:{SERVICE}SoapBinding">
<wsdlsoap:address location={quoteattr(location)}/></wsdl:port></wsdl:service>
</wsdl:definitions>
"""


def _messages(operation: Operation) -> str:
    name = operation.name
    parts = "".join(f'<wsdl:part name="{item}" type="xsd:string"/>' for item in operation.parameters)
    return (
        f'<wsdl:message name="{name}Request">{parts}</wsdl:message>\n<wsdl:message name="{name}Response">'
        f'<wsdl:part name="{name}Return" type="xsd:string"/></wsdl:message>\n'
    )


def _port_operation(operation: Operation) -> str:
    name = operation.name
    return (
        f'<wsdl:operation name="{name}" parameterOrder="{" ".join(operation.parameters)}">'
        f'<wsdl:input message="tns:{name}Request" name="{name}Request"/>'
        f'<wsdl:output message="tns:{name}Response" name="{name}Response"/></wsdl:operation>\n'
    )


def _bound_operation(operation: Operation, namespace: str) -> str:
    name = operation.name
    body = f"<wsdlsoap:body {_ENCODED} namespace={quoteattr(namespace)}/>"
    return (
        f'<wsdl:operation name="{name}"><wsdlsoap:operation soapAction=""/>'
        f'<wsdl:input name="{name}Request">{body}</wsdl:input>'
        f'<wsdl:output name="{name}Response">{body}</wsdl:output></wsdl:operation>\n'
    )
