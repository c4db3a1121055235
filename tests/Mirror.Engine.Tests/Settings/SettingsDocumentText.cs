namespace Mirror.Engine.Tests.Settings;

/// <summary>The prose of docs/settings.md between the tables.</summary>
internal static class SettingsDocumentText
{
    public const string Introduction =
        """
        # Settings

        <!-- Written by SettingsDocumentTests out of the table in code. Change the table or the test's text, then run the
             tests once with UPDATE_DOCS=1. -->

        Every setting has one meaning and up to three names: the MSBuild property or item, the member of
        `MirrorPullSettings` that Cake scripts and C# code set, and, for those who know it, the flag of d8. All settings
        are checked together before a run touches the disk or the network, and everything that is wrong is reported at
        once (D8M1001 to D8M1016, see [errors.md](errors.md)).

        `D8MirrorPlan` takes the settings of `D8MirrorPull` and moves nothing.

        How values are written in MSBuild:

        | Value | Text |
        | --- | --- |
        | boolean | `true` or `false`, in any case |
        | number | digits |
        | size | a whole number of decimal gigabytes as in d8, or a number with one of `B kB MB GB TB KiB MiB GiB TiB`: `500MB`, `4GiB` |
        | rate | bytes per second, or a number with a unit as above |
        | duration | as in Go: `30s`, `5m`, `1h30m`, `1.5s`, `250ms`; `0` |
        | path | relative to the project; in Cake, to the working directory. In code it must be a full path (D8M1005) |
        | list | texts with `;` between them |
        | rules | items `name`, `name` with metadata `Version`, or `name@constraint` |
        | variable name | the name of an environment variable that holds a secret |

        An empty text means that the setting is not set. In code sizes are bytes, durations are `TimeSpan`, and lists are
        `ImmutableArray<T>`: `IncludeModules = ["prometheus@^1.2.0", "neuvector"]`.


        """;

    public const string Rules =
        """
        What goes together:

        - `SinceVersion`, `DeckhouseTag` and `IncludePlatform` exclude each other (D8M1004).
        - Where modules are included, excludes are ignored, with a warning (D8M3104), and modules are pulled even if
          `D8MirrorNoModules` is true, with a warning (D8M3108).
        - The same name may be included several times; its constraints are combined.
        - A reference is `host[:port]/path`. The host is always its first part, also without a dot, and never a public
          registry by default. `http://` before it means plain HTTP for this end, `https://` may be written but changes
          nothing; a prefix that contradicts `Insecure` is a fault (D8M1004). Plain HTTP is always said in the log
          (D8M2019).
        - A setting of the source wins over the one without `Source` in its name.


        """;

    public const string Credential =
        """

        ## Which credential

        The first that is there is used:

        1. a login in the settings: `Credential`, or `D8MirrorSourceLogin` with the password in `D8_MIRROR_SOURCE_PASSWORD`
           or in the variable that `D8MirrorSourcePasswordVariable` names;
        2. a licence in the settings: `LicenseToken`, or the variable that `D8MirrorLicenseVariable` names; it logs in as
           `license-token`;
        3. the variable `D8_MIRROR_SOURCE_LOGIN`, with the password as above;
        4. the variable `D8_MIRROR_LICENSE_TOKEN`;
        5. nothing: anonymous.

        1 and 2 are one level, 3 and 4 the next: if both of a level are there, the login is used and a warning (D8M1016)
        names both. A variable that is named but not set is a fault (D8M1001). Configuration files of Docker and Podman are
        not read in this version. The log names the kind of credential that is used, never the secret.

        """;

    public const string Environment =
        """

        ## Environment variables without a setting

        | Variable | Meaning |
        | --- | --- |
        | `SSL_CERT_FILE`, `SSL_CERT_DIR` | if set, the system's certificates are not used |
        | `HTTP_PROXY`, `HTTPS_PROXY`, `NO_PROXY`, lower case too | proxies, and the hosts, addresses, CIDR blocks and domains that need none; `*` means no proxy at all |
        | `MIRROR_DEBUG_LOG`, else `D8_LOG_LEVEL` | 0 to 4, each with all before it: 1 milestones, 2 causes of warnings, 3 decisions of the plan and blobs, 4 requests without secrets |

        """;
}
