#addin nuget:?package=Cake.DeckhouseMirror&prerelease&loaddependencies=true

var lockFile = Argument("lock", "mirror.lock.json");
string[] registries = HasArgument("registry")
    ? [.. Arguments<string>("registry")]
    : ["registry.north.example.com/deckhouse/ee", "registry.south.example.com/deckhouse/ee"];

Task("Check")
    .Description("Compares all registries with the lock in one run: one table, one login.")
    .Does(() =>
    {
        var result = D8MirrorCheck(new()
        {
            Targets = registries,
            Insecure = HasArgument("insecure"),
            LockFile = lockFile,
            ReportFile = "reports/fleet.html",
        });
        Information("Every registry has state {0}", result.StateId[..12]);
    });

Task("CheckEach")
    .Description("Compares one registry after the other: one that fails stops no other.")
    .DoesForEach(registries, registry => D8MirrorCheck(
        settings =>
        {
            settings.LockFile = lockFile;
            settings.Insecure = HasArgument("insecure");
            settings.CheckDepth = CheckDepth.Manifests;
        },
        registry))
    .DeferOnError();

RunTargets(Arguments("target", "Check"));
