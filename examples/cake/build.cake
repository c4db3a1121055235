#addin nuget:?package=Cake.DeckhouseMirror&prerelease&loaddependencies=true

var bundle = Argument("bundle", "bundle");
var pull = new D8MirrorPullSettings
{
    Source = Argument("source", "registry.deckhouse.ru/deckhouse/ee"),
    Insecure = HasArgument("insecure"),
    BundleDirectory = bundle,
    IncludeModules = ["console", "sds-local-volume@^0.4.0"],
    GostDigest = true,
};
var push = new D8MirrorPushSettings
{
    Target = Argument("registry", "registry.example.com/deckhouse/ee"),
    Insecure = HasArgument("insecure"),
    BundleDirectory = bundle,
};

Task("Plan")
    .Description("Shows what a pull would transfer, and transfers nothing.")
    .Does(() => D8MirrorPlan(pull));

Task("Pull")
    .Description("Pulls the source into the bundle.")
    .Does(() => D8MirrorPull(pull));

Task("Verify")
    .Description("Verifies the bundle: checksums, archives, images.")
    .Does(() =>
    {
        VerifyGostDigest(bundle);
        D8MirrorVerify(bundle);
    });

Task("Push")
    .Description("Pushes the bundle, once it is verified.")
    .IsDependentOn("Verify")
    .Does(() => D8MirrorPush(push));

RunTargets(Arguments("target", "Plan"));
