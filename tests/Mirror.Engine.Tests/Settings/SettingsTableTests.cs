using System.Collections;
using System.Reflection;
using Mirror.Engine.Errors;
using Mirror.Engine.Settings.Table;
using Mirror.Engine.Settings.Texts;
using Mirror.Engine.Tests.House;
using Xunit;

namespace Mirror.Engine.Tests.Settings;

public sealed class SettingsTableTests
{
    private static readonly (SettingVerbs Verb, MirrorSettings Defaults)[] Verbs =
    [
        (SettingVerbs.Pull, new MirrorPullSettings()),
        (SettingVerbs.Lock, new MirrorPullSettings()),
        (SettingVerbs.LockCheck, new MirrorPullSettings()),
        (SettingVerbs.Push, new MirrorPushSettings()),
        (SettingVerbs.Verify, new MirrorVerifySettings()),
        (SettingVerbs.VerifyGostDigest, new MirrorVerifyGostDigestSettings()),
        (SettingVerbs.Sync, new MirrorSyncSettings()),
        (SettingVerbs.Inventory, new MirrorInventorySettings()),
        (SettingVerbs.Check, new MirrorCheckSettings()),
        (SettingVerbs.Merge, new MirrorMergeSettings()),
    ];

    /// <summary>Each row with the settings of each verb it belongs to.</summary>
    private static readonly (SettingRow Row, MirrorSettings Defaults)[] Uses =
        [.. from verb in Verbs from row in SettingsTable.RowsFor(verb.Verb) select (row, verb.Defaults)];

    /// <summary>
    /// The members of a selection that only locking uses; set for another verb that selects, they are a warning.
    /// </summary>
    private static readonly string[] OnlyOfLocks =
    [
        .. SettingsTable.RowsFor(SettingVerbs.Lock).Where(row => !row.Verbs.HasFlag(SettingVerbs.Pull))
            .Select(row => row.Member),
    ];

    private static readonly string[][] Contract =
        [.. File.ReadLines(RepositoryTree.PathOf("tests/Mirror.Engine.Tests/Settings/settings-contract.txt"))
            .Where(line => line.Length > 0 && line[0] != '#')
            .Select(line => line.Split('|', StringSplitOptions.TrimEntries))];

    [Fact]
    public void The_table_holds_exactly_the_names_of_the_contract()
    {
        Assert.Equal(
            Contract.Select(row => row[0]).Order(StringComparer.Ordinal),
            SettingsTable.Rows.Select(row => row.Name).Order(StringComparer.Ordinal));
    }

    [Fact]
    public void Members_and_defaults_are_those_of_the_contract()
    {
        Assert.All(Contract, agreed =>
        {
            SettingRow row = SettingsTable.Find(agreed[0])!;
            string[] parts = agreed[2].Split(' ', 2);
            Assert.Equal(agreed[1], row.Member);
            Assert.Equal(parts[0] == "-" ? "" : parts[0], row.Default);
            if (parts.Length > 1)
            {
                Assert.Equal(parts[1].Trim('(', ')'), row.DefaultNote);
            }
        });
    }

    [Fact]
    public void A_stated_default_is_the_default_of_the_member()
    {
        Assert.All(Uses.Where(use => use.Row.Default.Length > 0), use =>
        {
            MirrorSettings settings = use.Defaults;
            Assert.Null(use.Row.Apply([use.Row.Default], ref settings));
            Assert.Equal(Value(use.Defaults, use.Row.Member), Value(settings, use.Row.Member));
        });
    }

    [Fact]
    public void Without_a_stated_default_the_member_holds_nothing()
    {
        Assert.All(Uses.Where(use => use.Row.Default.Length == 0), use =>
            Assert.True(Value(use.Defaults, use.Row.Member) switch
            {
                null => true,
                string text => text.Length == 0,
                RegistryEndpoint end => end.Reference.Length == 0,
                IEnumerable items => !items.Cast<object>().Any(),
                _ => false,
            }, use.Row.Name));
    }

    [Fact]
    public void Every_public_member_that_can_be_set_has_a_row()
    {
        Assert.Equal(["LockUpdate"], OnlyOfLocks);
        string[] members = [.. Verbs.SelectMany(verb => Settable(verb.Defaults.GetType(), ""))];

        Assert.Contains("Transfer.MaxConnections", members);
        Assert.Contains("Source.CaFile", members);
        Assert.Contains("Target.CaFile", members);
        Assert.All(Verbs, verb => Assert.Subset(
            SettingsTable.RowsFor(verb.Verb).Select(row => row.Member).Concat(OnlyOfLocks).ToHashSet(),
            Settable(verb.Defaults.GetType(), "").ToHashSet()));
    }

    [Fact]
    public void Every_row_changes_the_settings_of_every_verb_it_belongs_to()
    {
        Assert.All(Uses, use =>
        {
            MirrorSettings settings = use.Defaults;
            Assert.Null(use.Row.Apply([SettingSample.Of(use.Row)], ref settings));
            Assert.NotEqual(use.Defaults, settings);
        });
    }

    [Fact]
    public void The_dry_run_takes_what_a_pull_takes() =>
        Assert.Equal(SettingsTable.RowsFor(SettingVerbs.Pull), SettingsTable.RowsFor(SettingVerbs.Plan));

    [Fact]
    public void Every_row_can_be_explained()
    {
        Assert.All(SettingsTable.Rows, row =>
        {
            Assert.EndsWith(".", row.Help, StringComparison.Ordinal);
            Assert.NotEqual(SettingVerbs.None, row.Verbs);
            Assert.StartsWith("D8Mirror", row.Name, StringComparison.Ordinal);
        });
    }

    [Fact]
    public void Names_are_unique_in_any_case()
    {
        string[] names = [.. SettingsTable.Rows.Select(row => row.Name)
            .Concat(SettingsTable.ForbiddenSecrets.Select(secret => secret.Name))];

        Assert.Equal(names.Length, names.Distinct(StringComparer.OrdinalIgnoreCase).Count());
    }

    [Fact]
    public void Faults_can_refer_to_every_row_alone()
    {
        string[] references = [.. SettingsTable.Rows.Select(row => row.Reference)];

        Assert.Equal(references.Distinct(StringComparer.Ordinal), references);
        Assert.All(SettingsTable.Rows, row =>
        {
            Assert.Equal(row.Name, SettingsTable.NameOf(row.Reference));
            Assert.Equal([row.Name], SettingsTable.NamesOf(row.Reference));
        });
    }

    [Fact]
    public void The_table_has_a_row_for_every_setting_that_texts_name()
    {
        string[] named =
        [
            .. typeof(SettingName).GetProperties(BindingFlags.Public | BindingFlags.Static)
                .Select(property => (string)property.GetValue(null)!),
            .. Enum.GetNames<MirrorComponents>().Except(["None", "All"]).Select(SettingName.Without),
        ];

        Assert.All(named.SelectMany(SettingName.In), member =>
            Assert.StartsWith("D8Mirror", SettingsTable.NameOf(member), StringComparison.Ordinal));
        Assert.Contains("Transfer.MaxConnections", named.SelectMany(SettingName.In));
    }

    [Fact]
    public void All_components_together_are_set_by_several_properties() =>
        Assert.Equal(7, SettingsTable.NamesOf("Components").Count(SettingsTable.Rows.Select(row => row.Name).Contains));

    [Fact]
    public void No_row_takes_a_secret_itself()
    {
        Assert.All(
            SettingsTable.Rows.Where(
                row => row.Member == "LicenseToken" || row.Flag.Contains("password", StringComparison.Ordinal)),
            row => Assert.Equal(SettingKind.VariableName, row.Kind));
    }

    // Nested records count by their own members; the reference of an endpoint and its login have rows of their own.
    private static IEnumerable<string> Settable(Type type, string prefix)
    {
        foreach (PropertyInfo property in type.GetProperties().Where(property => property.SetMethod?.IsPublic == true))
        {
            string member = prefix + property.Name;
            if (member is "Source.Reference" or "Source.Credential" or "Target.Reference" or "Target.Credential")
            {
                continue;
            }

            bool isNested = property.PropertyType == typeof(TransferLimits)
                || property.PropertyType == typeof(RegistryEndpoint);
            if (!isNested || property.PropertyType == typeof(RegistryEndpoint))
            {
                yield return member;
            }

            foreach (string inner in isNested ? Settable(property.PropertyType, member + ".") : [])
            {
                yield return inner;
            }
        }
    }

    private static object? Value(object settings, string member)
    {
        object? value = settings;
        foreach (string name in member.Split('.'))
        {
            PropertyInfo? property = value!.GetType().GetProperty(name);
            Assert.True(property is not null, $"{member} does not exist");
            value = property.GetValue(value);
        }

        return value;
    }
}
