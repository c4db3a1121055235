// An air-gap bundle from one script: see README.md.
#addin nuget:?package=Cake.DeckhouseMirror&prerelease&loaddependencies=true

var source = Argument("source", "registry.deckhouse.ru/deckhouse/ee");
var target = Argument("registry", "registry.example.com/deckhouse/ee");
var bundle = Argument("bundle", "bundle");
var insecure = HasArgument("insecure");

var pull = new MirrorPullSettings
{
    Source = source,
    Insecure = insecure,
    BundleDirectory = bundle,
    IncludeModules = ["console", "sds-local-volume@^0.4.0"],
    GostDigest = true,
};

Task("Plan").Does(() => D8MirrorPlan(pull));

Task("Pull").Does(() =>
{
    var report = D8MirrorPull(pull);
    Information("{0} images in {1} files", report.Plan.ImageCount, report.Files.Length);
});

Task("Verify").Does(() =>
{
    D8MirrorVerify(bundle);
    VerifyGostDigest(bundle);
});

Task("Push").IsDependentOn("Verify").Does(() =>
    D8MirrorPush(new MirrorPushSettings { BundleDirectory = bundle, Target = target, Insecure = insecure }));

RunTarget(Argument("target", "Plan"));
