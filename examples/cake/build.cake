#addin nuget:?package=Cake.DeckhouseMirror&prerelease&loaddependencies=true

var bundle = Argument("bundle", "bundle");
var pull = new MirrorPullSettings
{
    Source = Argument("source", "registry.deckhouse.ru/deckhouse/ee"),
    Insecure = HasArgument("insecure"),
    BundleDirectory = bundle,
    IncludeModules = ["console", "sds-local-volume@^0.4.0"],
    GostDigest = true,
};
var push = new MirrorPushSettings
{
    Target = Argument("registry", "registry.example.com/deckhouse/ee"),
    Insecure = HasArgument("insecure"),
    BundleDirectory = bundle,
};

Task("Plan").Does(() => D8MirrorPlan(pull));

Task("Pull").Does(() => D8MirrorPull(pull));

Task("Verify").Does(() =>
{
    VerifyGostDigest(bundle);
    D8MirrorVerify(bundle);
});

Task("Push").IsDependentOn("Verify").Does(() =>
{
    var report = D8MirrorPush(push);
    Information("{0} images are in {1}", report.Plan.ImageCount, report.Plan.Target);
});

RunTargets(Arguments("target", "Plan"));
