using Mirror.Engine.Tests.Bundles;
using Mirror.Engine.Tests.Registry;
using Mirror.TestKit.Files;
using Mirror.TestKit.Mini;
using Mirror.TestKit.Registry;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests;

/// <summary>
/// The settings that say how to reach an end, by their names in a project: without one a run fails with its code, with
/// it alone it is done. Each end has its own.
/// </summary>
public sealed class EndSettingTests : IDisposable
{
    private const string Password = "right-one";

    private readonly TemporaryFolder _folder = new();
    private readonly TestAuthority _authority = new();
    private readonly BundleCopy _bundle = new("0.33", "security");

    private static CancellationToken Cancellation => TestContext.Current.CancellationToken;

    public void Dispose()
    {
        _bundle.Dispose();
        _authority.Dispose();
        _folder.Dispose();
    }

    [Theory]
    [InlineData("D8MirrorInsecure", typeof(D8MirrorPlan))]
    [InlineData("D8MirrorSourceInsecure", typeof(D8MirrorPlan))]
    [InlineData("D8MirrorInsecure", typeof(D8MirrorPush))]
    [InlineData("D8MirrorTargetInsecure", typeof(D8MirrorPush))]
    public async Task Plain_HTTP_is_spoken_only_when_the_setting_says_so(string name, Type task)
    {
        await using TestRegistry registry = await StartAsync(task, new());

        Assert.Equal("D8M2004", Run(task, registry, []));
        Assert.Equal("done", Run(task, registry, [], (name, "true")));
    }

    [Theory]
    [InlineData("D8MirrorTlsSkipVerify", typeof(D8MirrorPlan))]
    [InlineData("D8MirrorSourceTlsSkipVerify", typeof(D8MirrorPlan))]
    [InlineData("D8MirrorCaFile", typeof(D8MirrorPlan))]
    [InlineData("D8MirrorSourceCaFile", typeof(D8MirrorPlan))]
    [InlineData("D8MirrorTlsSkipVerify", typeof(D8MirrorPush))]
    [InlineData("D8MirrorTargetTlsSkipVerify", typeof(D8MirrorPush))]
    [InlineData("D8MirrorCaFile", typeof(D8MirrorPush))]
    [InlineData("D8MirrorTargetCaFile", typeof(D8MirrorPush))]
    public async Task A_certificate_of_a_private_authority_is_accepted_only_by_the_setting(string name, Type task)
    {
        string authority = _folder.Combine("ca.pem");
        await File.WriteAllTextAsync(authority, _authority.RootPem, Cancellation);
        await using TestRegistry registry = await StartAsync(task, new() { Certificate = _authority.Server });

        Assert.Equal("D8M2003", Run(task, registry, []));
        Assert.Equal(
            "done",
            Run(task, registry, [], (name, name.EndsWith("CaFile", StringComparison.Ordinal) ? authority : "true")));
    }

    [Theory]
    [InlineData("D8MirrorClientCertificateFile", "D8MirrorClientKeyFile", typeof(D8MirrorPlan))]
    [InlineData("D8MirrorSourceClientCertificateFile", "D8MirrorSourceClientKeyFile", typeof(D8MirrorPlan))]
    [InlineData("D8MirrorSourceClientCertificateFile", "D8_MIRROR_SOURCE_CLIENT_KEY", typeof(D8MirrorPlan))]
    [InlineData("D8MirrorClientCertificateFile", "D8MirrorClientKeyFile", typeof(D8MirrorPush))]
    [InlineData("D8MirrorTargetClientCertificateFile", "D8MirrorTargetClientKeyFile", typeof(D8MirrorPush))]
    [InlineData("D8MirrorTargetClientCertificateFile", "D8_MIRROR_REGISTRY_CLIENT_KEY", typeof(D8MirrorPush))]
    public async Task A_client_certificate_is_shown_only_by_the_setting(string name, string key, Type task)
    {
        using ClientFiles files = new(_folder, _authority);
        await using TestRegistry registry = await StartAsync(task, new()
        {
            Certificate = _authority.Server,
            ClientCertificates = new ClientCertificateOptions(_authority.Root),
        });
        (string, string) authority = ("D8MirrorCaFile", files.Write("ca.pem", _authority.RootPem));
        (string, string) certificate = (name, files.Write("client.pem", files.ChainPem));
        bool isVariable = key.StartsWith("D8_", StringComparison.Ordinal);
        (string, string)[] variables = isVariable ? [(key, files.KeyPem)] : [];
        (string, string)[] keyFile = isVariable ? [] : [(key, files.Write("client.key", files.KeyPem))];

        Assert.Equal("D8M2035", Run(task, registry, variables, authority));
        Assert.Equal("D8M1024", Run(task, registry, [], authority, certificate));
        Assert.Equal("done", Run(task, registry, variables, [authority, certificate, .. keyFile]));
    }

    [Theory]
    [InlineData("D8MirrorSourceLogin", "reader", "D8_MIRROR_SOURCE_PASSWORD", typeof(D8MirrorPlan))]
    [InlineData("D8MirrorLicenseVariable", "MY_SECRET", "MY_SECRET", typeof(D8MirrorPlan))]
    [InlineData("D8MirrorRegistryLogin", "robot", "D8_MIRROR_REGISTRY_PASSWORD", typeof(D8MirrorPush))]
    public async Task A_login_is_made_only_by_the_setting(string name, string value, string variable, Type task)
    {
        string login = name == "D8MirrorLicenseVariable" ? "license-token" : value;
        await using TestRegistry registry =
            await StartAsync(task, new() { Credential = new TestCredential(login, Password) });
        (string, string)[] variables = [(variable, Password)];

        Assert.Equal("D8M2006", Run(task, registry, variables, ("D8MirrorInsecure", "true")));
        Assert.Equal("done", Run(task, registry, variables, ("D8MirrorInsecure", "true"), (name, value)));
    }

    [Theory]
    [InlineData("D8MirrorSourcePasswordVariable", "D8MirrorSourceLogin", typeof(D8MirrorPlan))]
    [InlineData("D8MirrorRegistryPasswordVariable", "D8MirrorRegistryLogin", typeof(D8MirrorPush))]
    public async Task The_password_is_taken_from_the_variable_that_is_named(string name, string login, Type task)
    {
        await using TestRegistry registry =
            await StartAsync(task, new() { Credential = new TestCredential("somebody", Password) });
        (string, string)[] variables =
        [
            ("MY_SECRET", Password),
            ("D8_MIRROR_SOURCE_PASSWORD", "wrong-one"),
            ("D8_MIRROR_REGISTRY_PASSWORD", "wrong-one"),
        ];
        (string, string)[] both = [("D8MirrorInsecure", "true"), (login, "somebody")];

        Assert.Equal("D8M2006", Run(task, registry, variables, both));
        Assert.Equal("done", Run(task, registry, variables, [.. both, (name, "MY_SECRET")]));
    }

    [Theory]
    [InlineData("/mods", "mirror/ee/mods/console")]
    [InlineData(null, "mirror/ee/modules/console")]
    public async Task Modules_lie_below_the_target_where_the_setting_says(string? suffix, string repository)
    {
        using BundleCopy modules = new("0.33", "module-console");
        await using TestRegistry registry = await StartAsync(typeof(D8MirrorPush), new());

        Assert.Equal("done", Run(
            typeof(D8MirrorPush),
            registry,
            [],
            ("D8MirrorInsecure", "true"),
            ("D8MirrorBundleDirectory", modules.Folder),
            ("D8MirrorTargetModulesPathSuffix", suffix ?? "")));

        Assert.Contains(registry.Dump(), image => image.Repository == repository);
        Assert.All(
            registry.Dump().Where(image => image.Repository.EndsWith("/console", StringComparison.Ordinal)),
            image => Assert.Equal(repository, image.Repository));
    }

    [Fact]
    public async Task A_token_service_on_another_host_is_asked_only_when_it_is_named()
    {
        await using TestRegistry registry = await StartAsync(typeof(D8MirrorPlan), new()
        {
            Tokens = new TokenOptions
            {
                HasOwnPort = true,
                RealmHost = "localhost",
                Credential = new TestCredential("reader", Password),
            },
        });
        (string, string)[] variables = [("D8_MIRROR_SOURCE_LOGIN", "reader"), ("D8_MIRROR_SOURCE_PASSWORD", Password)];

        Assert.Equal("D8M2014", Run(typeof(D8MirrorPlan), registry, variables, ("D8MirrorInsecure", "true")));
        Assert.NotEqual("D8M2014", Run(
            typeof(D8MirrorPlan),
            registry,
            variables,
            ("D8MirrorInsecure", "true"),
            ("D8MirrorAllowedRealms", "localhost")));
    }

    private static Task<TestRegistry> StartAsync(Type task, TestRegistryOptions options) => TestRegistry.StartAsync(
        task == typeof(D8MirrorPush) ? options : options with { Content = DeckhouseMini.Load() }, Cancellation);

    /// <summary>The codes of the errors of a plan or push, or that it is done.</summary>
    private string Run(
        Type type,
        TestRegistry registry,
        (string Name, string Value)[] variables,
        params (string Name, string Value)[] properties)
    {
        RecordingBuildEngine build = new();
        var task = (MirrorTask)Activator.CreateInstance(type)!;
        task.BuildEngine = build;
        task.ProjectFile = TaskRun.ProjectFile;
        task.Variables = variables.ToDictionary(variable => variable.Name, variable => variable.Value);
        Dictionary<string, string> values = new(StringComparer.Ordinal)
        {
            ["D8MirrorSource"] = $"{registry.Host}/deckhouse/ee",
            ["D8MirrorTarget"] = $"{registry.Host}/mirror/ee",
            ["D8MirrorBundleDirectory"] = task is D8MirrorPush ? _bundle.Folder : _folder.Combine("bundle"),
        };
        foreach (string part in (string[])["Platform", "Modules", "Packages", "Installer", "Plugins", "DeckhouseCli"])
        {
            values[$"D8MirrorNo{part}"] = "true";
        }

        foreach ((string name, string value) in properties)
        {
            values[name] = value;
        }

        foreach (var parameter in TaskValues.ParametersOf(type))
        {
            if (values.TryGetValue(TaskValues.NameOf(parameter), out string? value))
            {
                parameter.SetValue(task, value);
            }
        }

        return task.Execute() ? "done" : string.Join(' ', build.Errors.Select(error => error.Code).Distinct());
    }
}
