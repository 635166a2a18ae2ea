"""The two roles of an installation: one owns the tables, the other works under row-level security."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from zhixing.platform.runtime.problems import RuntimeProblem
from zhixing.platform.runtime.settings import Runtime

if TYPE_CHECKING:
    from psycopg import Connection


def roles_ensure(runtime: Runtime) -> None:
    """Make roles, database and default rights where they are missing. Running it again changes nothing.

    Rights are given as default privileges, thus to each table once, when it is created: what a migration takes away
    afterwards (insert-only tables) stays away.

    Raises: RuntimeProblem: the server cannot be reached, or its user may not create the second role.
    """
    import psycopg

    try:
        if runtime.is_embedded:
            _embedded_ensure(runtime)
        else:
            _foreign_ensure(runtime)
    except psycopg.OperationalError as error:
        server = runtime.owner_dsn()
        raise RuntimeProblem(
            f"无法连接数据库服务器 {server['host']}:{server['port']}。请检查地址、口令和网络后重试。",
            f"Cannot connect to the database server {server['host']}:{server['port']}. "
            "Check address, password and network, then try again.",
        ) from error


def _embedded_ensure(runtime: Runtime) -> None:
    import psycopg
    from psycopg import sql

    with psycopg.connect(**runtime.admin_dsn(), autocommit=True) as admin:
        for name in ("zhixing_owner", "zhixing_app"):
            if not _has(admin, "SELECT 1 FROM pg_roles WHERE rolname = %s", name):
                _role_create(admin, name, runtime.secrets[name.replace("zhixing", "postgres")])
        if not _has(admin, "SELECT 1 FROM pg_database WHERE datname = %s", "zhixing"):
            admin.execute("CREATE DATABASE zhixing OWNER zhixing_owner")
            admin.execute("REVOKE ALL ON DATABASE zhixing FROM PUBLIC")
            admin.execute(sql.SQL("GRANT CONNECT ON DATABASE zhixing TO zhixing_app"))
    with psycopg.connect(**runtime.owner_dsn(), autocommit=True) as owner:
        rights_grant(owner, "zhixing_app")


def _foreign_ensure(runtime: Runtime) -> None:
    import psycopg

    name = runtime.app_role
    with psycopg.connect(**runtime.owner_dsn(), autocommit=True, connect_timeout=10) as owner:
        version = owner.info.server_version // 10000
        if version < 15:
            raise RuntimeProblem(
                f"数据库服务器是 PostgreSQL {version}，需要 15 或更高版本。请升级，或不设 ZHIXING_DATABASE_URL 而使用内嵌数据库。",
                f"The database server is PostgreSQL {version}; 15 or later is needed. "
                "Upgrade it, or use the embedded server by leaving ZHIXING_DATABASE_URL unset.",
            )
        if not _has(owner, "SELECT 1 FROM pg_roles WHERE rolname = %s", name):
            try:
                _role_create(owner, name, runtime.secrets["postgres_app"])
            except psycopg.errors.InsufficientPrivilege as error:
                raise RuntimeProblem(
                    f"ZHIXING_DATABASE_URL 的用户无权创建角色 {name}。"
                    "请由管理员另建一个普通角色，并用 ZHIXING_APP_DATABASE_URL 提供其连接。",
                    f"The user of ZHIXING_DATABASE_URL may not create the role {name}. Have an administrator create "
                    "an ordinary role and name its connection in ZHIXING_APP_DATABASE_URL.",
                ) from error
        _app_check(owner, name)
        rights_grant(owner, name)
    _app_try(runtime)


def rights_grant(owner: Connection[Any], app_role: str) -> None:
    """Let the app role use what the owner creates from now on in schema public. `owner` must be the tables' owner."""
    from psycopg import sql

    role = sql.Identifier(app_role)
    for statement in (
        "GRANT USAGE ON SCHEMA public TO {}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT SELECT, INSERT, UPDATE, DELETE ON TABLES TO {}",
        "ALTER DEFAULT PRIVILEGES IN SCHEMA public GRANT USAGE, SELECT ON SEQUENCES TO {}",
    ):
        owner.execute(sql.SQL(statement).format(role))


def _role_create(connection: Connection[Any], name: str, password: str) -> None:
    from psycopg import sql

    # Hashed here, so that the password stands in no statement and no log of the server.
    hashed = connection.pgconn.encrypt_password(password.encode(), name.encode(), b"scram-sha-256").decode()
    connection.execute(
        sql.SQL("CREATE ROLE {} LOGIN NOSUPERUSER NOCREATEDB NOCREATEROLE PASSWORD {}").format(
            sql.Identifier(name), sql.Literal(hashed)
        )
    )


def _app_check(owner: Connection[Any], name: str) -> None:
    """Refuse a working role that row-level security would not hold."""
    row = owner.execute(
        "SELECT rolsuper OR rolbypassrls OR rolname = current_user OR pg_has_role(rolname, current_user, 'USAGE')"
        " FROM pg_roles WHERE rolname = %s",
        [name],
    ).fetchone()
    if row is None or row[0]:
        raise RuntimeProblem(
            f"数据库角色 {name} 不存在，或是超级用户、可绕过行级安全、或是表的所有者，不能用作工作角色。"
            "请在 ZHIXING_APP_DATABASE_URL 中换用普通角色。",
            f"The database role {name} is missing, or a superuser, bypasses row-level security, or owns the tables, "
            "so it cannot be the working role. Name an ordinary role in ZHIXING_APP_DATABASE_URL.",
        )


def _app_try(runtime: Runtime) -> None:
    import psycopg

    try:
        psycopg.connect(**runtime.app_dsn(), connect_timeout=10).close()
    except psycopg.OperationalError as error:
        raise RuntimeProblem(
            f"无法以工作角色 {runtime.app_role} 连接数据库。请用 ZHIXING_APP_DATABASE_URL 提供正确的连接，"
            "或删除该角色后重试。",
            f"Cannot connect as the working role {runtime.app_role}. Name its right connection in "
            "ZHIXING_APP_DATABASE_URL, or drop that role and try again.",
        ) from error


def _has(connection: Connection[Any], query: str, name: str) -> bool:
    return connection.execute(query, [name]).fetchone() is not None  # type: ignore[call-overload]


def schema_empty(runtime: Runtime) -> None:
    """Drop everything in schema public of an existing server's database, for `zhixing reset`. Cannot be undone.

    Raises: RuntimeProblem: the owner may not do that.
    """
    import psycopg

    try:
        with psycopg.connect(**runtime.owner_dsn(), connect_timeout=10) as owner:
            owner.execute("DROP SCHEMA public CASCADE")
            owner.execute("CREATE SCHEMA public")
    except psycopg.Error as error:
        raise RuntimeProblem(
            f"无法清空数据库 {runtime.owner_dsn()['dbname']}。请由其所有者删除后重建该数据库。",
            f"Cannot empty the database {runtime.owner_dsn()['dbname']}. Have its owner drop and create it again.",
        ) from error
