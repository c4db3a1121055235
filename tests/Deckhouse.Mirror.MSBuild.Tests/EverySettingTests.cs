using System.Reflection;
using Microsoft.Build.Framework;
using Microsoft.Build.Utilities;
using Mirror.Engine;
using Mirror.Engine.Settings.Table;
using Mirror.Engine.Tests.Settings;
using Xunit;

namespace Deckhouse.Mirror.MSBuild.Tests;

/// <summary>
/// Every row of docs/settings.md through every task that has it: two runs that differ in it alone have settings that
/// differ in its member alone. What the member does is tested with the engine.
/// </summary>
public sealed class EverySettingTests
{
    private static readonly (string Name, string Value)[] _variables =
    [
        ("MY_SECRET", "canary"),
        ("D8_MIRROR_SOURCE_LOGIN", "reader"),
        ("D8_MIRROR_SOURCE_PASSWORD", "one"),
        ("D8_MIRROR_REGISTRY_LOGIN", "robot"),
        ("D8_MIRROR_REGISTRY_PASSWORD", "two"),
    ];

    public static TheoryData<Type, string> Uses
    {
        get
        {
            TheoryData<Type, string> uses = [];
            foreach (Type task in TaskRun.Tasks.Select(row => row.Data))
            {
                foreach (PropertyInfo parameter in TaskValues.ParametersOf(task))
                {
                    uses.Add(task, TaskValues.NameOf(parameter));
                }
            }

            return uses;
        }
    }

    [Theory]
    [MemberData(nameof(Uses))]
    public void A_property_or_item_changes_its_member_and_no_other(Type task, string name)
    {
        SettingRow row = SettingsTable.Find(name)!;

        string[] members = [.. SettingsDump.Differences(Run(task, row, isSet: false), Run(task, row, isSet: true))];

        Assert.NotEmpty(members);
        Assert.All(members, member => Assert.StartsWith(MemberOf(row), member, StringComparison.Ordinal));
    }

    private static string MemberOf(SettingRow row) => row.Name switch
    {
        "D8MirrorSourceLogin" or "D8MirrorSourcePasswordVariable" or "D8MirrorLicenseVariable" =>
            "Source.CredentialNames.",
        "D8MirrorRegistryLogin" or "D8MirrorRegistryPasswordVariable" => "Target.CredentialNames.",
        _ => row.Member,
    };

    private static MirrorSettings Run(Type type, SettingRow row, bool isSet)
    {
        var (task, build, engine) = TaskRun.Make(type, new ScriptedEngine(), _variables);
        if (row.Name == "D8MirrorProxyRegistry" && task is SelectionTask selection)
        {
            // Behind a proxy registry everything has to be named.
            (selection.IncludePlatform, selection.NoModules, selection.NoPackages) = ("^1.69.0", "true", "true");
        }

        if (row.Name.EndsWith("ClientKeyFile", StringComparison.Ordinal) && task is ConnectionTask connection)
        {
            // A key is nothing without its certificate.
            connection.ClientCertificateFile = "client.pem";
        }

        if (row.Name == "D8MirrorDeltaBaseId" && task is PullSettingsTask delta)
        {
            // An id chooses among bases.
            delta.DeltaBases = [new TaskItem("have.json")];
        }

        if (isSet)
        {
            PropertyInfo parameter =
                TaskValues.ParametersOf(type).Single(parameter => TaskValues.NameOf(parameter) == row.Name);
            string sample = SettingSample.Of(row);
            parameter.SetValue(task, row.IsList ? new ITaskItem[] { new TaskItem(sample) } : sample);
        }

        Assert.True(task.Execute(), build.Text);
        return engine.Settings!;
    }
}
