#:sdk Cake.Sdk@7.0.0
#:package Cake.DeckhouseMirror@*-*

var bundle = Argument("bundle", "bundle");

Task("Plan").Does(() => D8MirrorPlan(Pull()));

Task("Pull").Does(() => D8MirrorPull(Pull()));

Task("Verify").Does(() =>
{
    VerifyGostDigest(bundle);
    D8MirrorVerify(bundle);
});

Task("Push").IsDependentOn("Verify").Does(() => D8MirrorPush(new MirrorPushSettings
{
    Target = Argument("registry", "registry.example.com/deckhouse/ee"),
    Insecure = HasArgument("insecure"),
    BundleDirectory = bundle,
}));

RunTargets(Arguments("target", "Plan"));

MirrorPullSettings Pull() => new()
{
    Source = Argument("source", "registry.deckhouse.ru/deckhouse/ee"),
    Insecure = HasArgument("insecure"),
    BundleDirectory = bundle,
    IncludeModules = ["console", "sds-local-volume@^0.4.0"],
    GostDigest = true,
};
