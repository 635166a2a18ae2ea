"""Service description of the bank family: wrapped strings in, one string out, as its clients were generated from."""

from __future__ import annotations

from xml.sax.saxutils import quoteattr

from zhixing.gateway.profiles.bank_soap_gbk.operations import NAMESPACE, OLD_NAMES, OPERATIONS, SERVICE
from zhixing.gateway.profiles.base import Operation

_PORT_TYPE = "SyyhConvertData"


def wsdl_text(location: str, *, has_old_names: bool) -> str:
    """WSDL 1.1 with this address; ``has_old_names`` adds what only the older dialect calls."""
    operations = [item for item in OPERATIONS.values() if has_old_names or item.name not in OLD_NAMES]
    return f"""<?xml version="1.0" encoding="UTF-8"?>
<wsdl:definitions name="{SERVICE}" targetNamespace="{NAMESPACE}"
    xmlns:wsdl="http://schemas.xmlsoap.org/wsdl/" xmlns:soap="http://schemas.xmlsoap.org/wsdl/soap/"
    xmlns:xs="http://www.w3.org/2001/XMLSchema" xmlns:tns="{NAMESPACE}">
<wsdl:types><xs:schema elementFormDefault="unqualified" targetNamespace="{NAMESPACE}" version="1.0">
{"".join(_types(item) for item in operations)}</xs:schema></wsdl:types>
{"".join(_messages(item) for item in operations)}<wsdl:portType name="{_PORT_TYPE}">
{"".join(_port_operation(item) for item in operations)}</wsdl:portType>
<wsdl:binding name="{SERVICE}SoapBinding" type="tns:{_PORT_TYPE}">
<soap:binding style="document" transport="http://schemas.xmlsoap.org/soap/http"/>
{"".join(_bound_operation(item) for item in operations)}</wsdl:binding>
<wsdl:service name="{SERVICE}"><wsdl:port name="{_PORT_TYPE}Port" binding="tns:{SERVICE}SoapBinding">
<soap:address location={quoteattr(location)}/></wsdl:port></wsdl:service>
</wsdl:definitions>
"""


def _types(operation: Operation) -> str:
    name = operation.name
    arguments = "".join(
        f'<xs:element minOccurs="0" name="{parameter}" type="xs:string"/>'
        for parameter in operation.parameters
    )
    return f"""<xs:element name="{name}" type="tns:{name}"/>
<xs:element name="{name}Response" type="tns:{name}Response"/>
<xs:complexType name="{name}"><xs:sequence>{arguments}</xs:sequence></xs:complexType>
<xs:complexType name="{name}Response"><xs:sequence>
<xs:element minOccurs="0" name="return" type="xs:string"/></xs:sequence></xs:complexType>
"""


def _messages(operation: Operation) -> str:
    name = operation.name
    return "".join(
        f'<wsdl:message name="{message}"><wsdl:part element="tns:{message}" name="parameters"/></wsdl:message>\n'
        for message in (name, f"{name}Response")
    )


def _port_operation(operation: Operation) -> str:
    name = operation.name
    return (
        f'<wsdl:operation name="{name}"><wsdl:input message="tns:{name}" name="{name}"/>'
        f'<wsdl:output message="tns:{name}Response" name="{name}Response"/></wsdl:operation>\n'
    )


def _bound_operation(operation: Operation) -> str:
    name = operation.name
    return (
        f'<wsdl:operation name="{name}"><soap:operation soapAction="" style="document"/>'
        f'<wsdl:input name="{name}"><soap:body use="literal"/></wsdl:input>'
        f'<wsdl:output name="{name}Response"><soap:body use="literal"/></wsdl:output></wsdl:operation>\n'
    )
