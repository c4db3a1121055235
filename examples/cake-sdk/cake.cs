#:sdk Cake.Sdk@7.0.0
#:package Cake.DeckhouseMirror@*-*

var bundle = Argument("bundle", "bundle");

Task("Plan")
    .Description("Shows what a pull would transfer, and transfers nothing.")
    .Does(() => D8MirrorPlan(Pull()));

Task("Pull")
    .Description("Pulls the source into the bundle.")
    .Does(() => D8MirrorPull(Pull()));

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
    .Does(() => D8MirrorPush(settings =>
    {
        settings.Target = Argument("registry", "registry.example.com/deckhouse/ee");
        settings.Insecure = HasArgument("insecure");
        settings.BundleDirectory = bundle;
    }));

RunTargets(Arguments("target", "Plan"));

D8MirrorPullSettings Pull() => new()
{
    Source = Argument("source", "registry.deckhouse.ru/deckhouse/ee"),
    Insecure = HasArgument("insecure"),
    BundleDirectory = bundle,
    IncludeModules = ["console", "sds-local-volume@^0.4.0"],
    GostDigest = true,
};
