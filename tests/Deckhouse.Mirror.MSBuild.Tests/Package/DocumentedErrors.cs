using static Deckhouse.Mirror.MSBuild.Tests.Package.DocumentedCase;

namespace Deckhouse.Mirror.MSBuild.Tests.Package;

/// <summary>Every documented fault: those that a project can cause with the miniature source, and the others.</summary>
internal static class DocumentedErrors
{
    private const string Module = "D8MirrorIncludeModule";
    private const string Plugin = "D8MirrorIncludePlugin";

    private static readonly string _modulesOnly = string.Concat(
        from part in (string[])["Platform", "SecurityDb", "Packages", "Installer", "Plugins", "DeckhouseCli"]
        select Property($"D8MirrorNo{part}", "true"));

    private static readonly string _nothing = _modulesOnly + Property("D8MirrorNoModules", "true");

    private static readonly string _proxy = Property("D8MirrorProxyRegistry", "true");

    private static readonly string _legacy = Property("D8MirrorBundleFormat", "Legacy025");

    private static readonly string _ownBundle = Property("D8MirrorBundleDirectory", "pulled");

    /// <summary>The faults of one project each, by the order of their codes.</summary>
    public static IReadOnlyList<DocumentedCase> All { get; } =
    [
        new("D8M1001", Property("D8MirrorBundleDirectory", ""), "<D8MirrorBundleDirectory></")
            { Target = "D8MirrorPull" },
        Of("D8M1002", "D8MirrorMaxConnections", "many"),
        Of("D8M1003", "D8MirrorMaxConnections", "65"),
        new("D8M1004", Property("D8MirrorSinceVersion", "1.70.0") + Property("D8MirrorDeckhouseTag", "alpha"),
            "1.70.0"),
        Of("D8M1006", "D8MirrorBundleDirectory", "D8M1006.proj"),
        Of("D8M1007", "D8MirrorSource", "127.0.0.1/Deckhouse/../ee"),
        Of("D8M1008", "D8MirrorPassword", "canary-in-a-project"),
        OfItem("D8M1009", Module, "console@", ""),
        Of("D8M1010", "D8MirrorSinceVersion", "newest"),
        OfItem("D8M1011", Module, "console", "^"),
        Of("D8M1012", "D8MirrorIncludePlatform", "./bundle"),
        Of("D8M1013", "D8MirrorReportFile", "report.txt"),
        new("D8M1014", Property("D8MirrorCaFile", "missing.pem") + Property("D8MirrorInsecure", "false"),
            "missing.pem"),
        new("D8M1015", _nothing, "<D8MirrorNoModules>"),
        new("D8M1016", Property("D8MirrorSourceLogin", "reader") + Property("D8MirrorLicenseVariable", "MY_LICENCE"),
            "<D8MirrorSourceLogin>") { IsWarning = true },
        new("D8M1017", Property("D8MirrorTmpDir", "scratch"), "<D8MirrorTmpDir>")
            { IsWarning = true, Target = "D8MirrorPush" },
        new("D8M1018", _proxy + Property("D8MirrorNoModules", "true"), "<D8MirrorProxyRegistry>"),
        new("D8M1019", _proxy + Property("D8MirrorIncludePlatform", "^1.68.0") + Item(Module, "console", "")
            + Property("D8MirrorNoPackages", "true"), "Include=\"console\""),
        new("D8M1020", _proxy + Property("D8MirrorNoPlatform", "true") + Property("D8MirrorNoModules", "true")
            + Property("D8MirrorNoPackages", "true") + Property("D8MirrorNoPlugins", "true"),
            "<D8MirrorProxyRegistry>"),
        new("D8M1022", _legacy + Item("D8MirrorIncludePackage", "pkg-one", ""), "D8MirrorIncludePackage"),
        new("D8M1023", Property("D8MirrorClientCertificateFile", "none.pem") + Property("D8MirrorInsecure", "false"),
            "none.pem"),
        OfItem("D8M1027", Module, "console@1.*", ""),
        Of("D8M1030", "D8MirrorReportFile", "D8M1030.proj/report.json"),
        new("D8M2019", "", "<D8MirrorInsecure>") { IsWarning = true },
        Of("D8M3001", "D8MirrorSource", "$(SourceHost)/deckhouse/nowhere") with { At = "/deckhouse/nowhere" },
        Of("D8M3003", "D8MirrorDeckhouseTag", "v9.9.9"),
        Of("D8M3004", "D8MirrorSource", "$(SourceHost)/alternative/ee") with { At = "" },
        OfItem("D8M3008", Module, "consol", ""),
        OfItem("D8M3009", Module, "console", "^99.0.0"),
        Of("D8M3013", "D8MirrorIncludePlatform", "^99.0.0"),
        OfItem("D8M3014", Plugin, "no-such-tool", ""),
        Of("D8M3101", "D8MirrorSource", "$(SourceHost)/deckhouse/se") with { IsWarning = true, At = "" },
        Of("D8M3102", "D8MirrorSource", "$(SourceHost)/deckhouse/se") with { IsWarning = true, At = "/deckhouse/se" },
        new("D8M3104", Item(Module, "console", "") + Item("D8MirrorExcludeModule", "neuvector", ""), "neuvector")
            { IsWarning = true },
        Of("D8M3106", "D8MirrorSinceVersion", "1.72.0") with { IsWarning = true },
        new("D8M3107", Property("D8MirrorSource", "$(SourceHost)/deckhouse") + _modulesOnly
            + Property("D8MirrorModulesPathSuffix", "/ee/modules"), "/ee/modules") { IsWarning = true },
        new("D8M3108", Item(Module, "console", "") + Property("D8MirrorNoModules", "true"), "Include=\"console\"")
            { IsWarning = true },
        new("D8M3115", _legacy, "<D8MirrorBundleFormat>") { IsWarning = true },
        OfItem("D8M3119", "D8MirrorExcludeModule", "console", ">=0.0.1") with { IsWarning = true },
        OfItem("D8M3120", "D8MirrorExcludeModule", "consol", "") with { IsWarning = true },
        new("D8M3122", "", "") { IsWarning = true },
        new("D8M3123", "", "") { IsWarning = true },
        new("D8M6002", _ownBundle + Property("D8MirrorDeckhouseTag", "alpha"), "<D8MirrorBundleDirectory>")
            { Target = "D8MirrorPull" },
        Of("D8M6009", "D8MirrorBundleDirectory", "nowhere") with { Target = "D8MirrorVerify" },
        new("D8M7005", _ownBundle, "") { Target = "VerifyGostDigest" },
    ];

    /// <summary>The faults that no project file alone can cause, by what else causes them.</summary>
    public static IReadOnlyDictionary<string, string[]> Others { get; } = new Dictionary<string, string[]>
    {
        ["only code can: the tasks make every path full"] = ["D8M1005"],
        ["the record of an earlier run"] = ["D8M1031"],
        ["the check of settings refuses the rule before, as D8M1019"] = ["D8M3016"],
        ["no version tells it any more"] = ["D8M3105"],
        ["the registry or the network"] =
        [
            "D8M2001", "D8M2002", "D8M2003", "D8M2004", "D8M2005", "D8M2006", "D8M2007", "D8M2008", "D8M2009",
            "D8M2010", "D8M2011", "D8M2012", "D8M2013", "D8M2014", "D8M2015", "D8M2016", "D8M2017", "D8M2018",
            "D8M2020", "D8M2021", "D8M2030", "D8M2035", "D8M2036", "D8M2037", "D8M2040",
        ],
        ["the files of a client certificate, or a proxy"] = ["D8M1024", "D8M1025", "D8M1026"],
        ["files and programs of Docker and Podman"] = ["D8M2022", "D8M2023", "D8M2024"],
        ["a source that lacks or damages something"] =
        [
            "D8M3002", "D8M3005", "D8M3006", "D8M3007", "D8M3010", "D8M3011", "D8M3012", "D8M3015", "D8M3017",
            "D8M3018", "D8M3103", "D8M3109", "D8M3110", "D8M3111", "D8M3112", "D8M3114", "D8M3116", "D8M3118",
            "D8M3121", "D8M3124", "D8M4001", "D8M4002", "D8M5001", "D8M5002", "D8M5003", "D8M5005", "D8M6032",
        ],
        ["a target that somebody else writes to"] =
        [
            "D8M4202", "D8M5004", "D8M5201", "D8M7101", "D8M7102", "D8M7103", "D8M7150",
        ],
        ["what lies in the bundle's folder, or its volume"] =
        [
            "D8M4003", "D8M4004", "D8M4020", "D8M4101", "D8M4102", "D8M4103", "D8M4104", "D8M4105", "D8M4106",
            "D8M4107", "D8M4150", "D8M4151", "D8M4201", "D8M4203", "D8M4401", "D8M4402", "D8M4450", "D8M6001",
            "D8M6003", "D8M6004", "D8M6005", "D8M6006", "D8M6007", "D8M6008", "D8M6010", "D8M6011", "D8M6012",
            "D8M6013", "D8M6014", "D8M6015", "D8M6016", "D8M6017", "D8M6018", "D8M6019", "D8M6020", "D8M6030",
            "D8M6031", "D8M6040", "D8M6041", "D8M6042", "D8M6060", "D8M6061", "D8M6101", "D8M6102", "D8M6103",
            "D8M6201", "D8M6202", "D8M7001", "D8M7002", "D8M7003", "D8M7004", "D8M7006", "D8M7007", "D8M7008",
            "D8M7009", "D8M7010",
        ],
        ["the host, a signal, or a defect"] = ["D8M8001", "D8M8002", "D8M8006", "D8M8010", "D8M9001"],
    };
}
