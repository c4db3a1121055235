using Mirror.Engine.Errors;
using Mirror.Engine.Oci;
using Mirror.Engine.Settings.Texts;

namespace Mirror.Engine.Settings.Checks;

/// <summary>Checks what a pull shall take, and settles what includes, excludes and removals mean together.</summary>
internal static class SelectionCheck
{
    public static MirrorPullSettings Run(MirrorPullSettings settings, SettingsFaults faults)
    {
        CheckVersions(settings, faults);
        CheckChoices(settings, faults);
        MirrorPullSettings parsed = settings with
        {
            IncludeModules = RuleCheck.Run("IncludeModules", settings.IncludeModules, faults),
            ExcludeModules = RuleCheck.Run("ExcludeModules", settings.ExcludeModules, faults),
            IncludePackages = RuleCheck.Run("IncludePackages", settings.IncludePackages, faults),
            ExcludePackages = RuleCheck.Run("ExcludePackages", settings.ExcludePackages, faults),
            IncludePlugins = RuleCheck.Run("IncludePlugins", settings.IncludePlugins, faults),
        };
        CheckExtraImages(settings, faults);
        MirrorPullSettings settled = SettleComponents(SettleExcludes(parsed, faults), settings, faults);
        LegacyCheck.Run(settled, faults);
        return settled;
    }

    private static void CheckVersions(MirrorPullSettings settings, SettingsFaults faults)
    {
        string since = SettingName.SinceVersion;
        string tag = SettingName.DeckhouseTag;
        bool hasSince = !string.IsNullOrEmpty(settings.SinceVersion);
        bool hasTag = !string.IsNullOrEmpty(settings.DeckhouseTag);
        if (hasSince && !ConstraintText.IsVersion(settings.SinceVersion!))
        {
            faults.Add("SinceVersion", new Fault(
                FaultCode.VersionMalformed,
                $"{since} is {QuotedText.Quote(settings.SinceVersion!)}, which is not a valid version.",
                "Write a version such as 1.69.0 or v1.69.").WithValue(settings.SinceVersion!));
        }

        CheckTag("DeckhouseTag", settings.DeckhouseTag, hasTag, faults);
        CheckTag("InstallerTag", settings.InstallerTag, true, faults);
        CheckTag(
            "DeckhouseCliTag", settings.DeckhouseCliTag, !string.IsNullOrEmpty(settings.DeckhouseCliTag), faults);
        if (hasSince && hasTag)
        {
            faults.Add("SinceVersion", SettingFault.Conflict(since, tag));
        }

        if (settings.IncludePlatform is { Fault: { } malformed } constraint)
        {
            Fault placed = malformed with
            {
                Message = $"In {SettingName.IncludePlatform}: {malformed.Message}",
            };
            faults.Add("IncludePlatform", placed.WithValue($"{constraint}"));
        }

        if (settings.IncludePlatform is not null && (hasSince || hasTag))
        {
            faults.Add("IncludePlatform", SettingFault.Conflict(
                SettingName.IncludePlatform, hasSince ? since : tag));
        }
    }

    private static void CheckTag(string member, string? tag, bool isGiven, SettingsFaults faults)
    {
        if (isGiven && !RepositoryName.IsValidTag(tag ?? ""))
        {
            faults.Add(member, SettingFault.Malformed(
                SettingName.Mark(member),
                tag ?? "",
                "tag",
                "at most 128 letters, digits and . _ -, not beginning with . or -"));
        }
    }

    private static void CheckChoices(MirrorPullSettings settings, SettingsFaults faults)
    {
        CheckChoice("SelectionRules", settings.SelectionRules, faults);
        CheckChoice("BundleFormat", settings.BundleFormat, faults);
        if ((settings.Components & ~MirrorComponents.All) != MirrorComponents.None)
        {
            faults.Add("Components", SettingFault.OutOfRange(
                SettingName.Components,
                settings.Components.ToString(),
                "a combination of the names of MirrorComponents"));
        }
    }

    private static void CheckExtraImages(MirrorPullSettings settings, SettingsFaults faults)
    {
        CheckExcluded("IncludePlugins", !settings.IncludePlugins.IsDefaultOrEmpty);
        CheckExcluded("DeckhouseCliTag", !string.IsNullOrEmpty(settings.DeckhouseCliTag));

        void CheckExcluded(string member, bool isGiven)
        {
            if (settings.OnlyExtraImages && isGiven)
            {
                faults.Add(member, SettingFault.Conflict(
                    SettingName.Mark("OnlyExtraImages"), SettingName.Mark(member)));
            }
        }
    }

    private static void CheckChoice<T>(string member, T value, SettingsFaults faults)
        where T : struct, Enum
    {
        if (!Enum.IsDefined(value))
        {
            faults.Add(member, SettingFault.OutOfRange(
                SettingName.Mark(member), value.ToString(), string.Join(" or ", Enum.GetNames<T>())));
        }
    }

    private static MirrorPullSettings SettleExcludes(MirrorPullSettings settings, SettingsFaults faults)
    {
        MirrorPullSettings settled = settings;
        if (!settings.IncludeModules.IsEmpty && !settings.ExcludeModules.IsEmpty)
        {
            Warn("IncludeModules", "ExcludeModules");
            settled = settled with { ExcludeModules = [] };
        }

        if (!settings.IncludePackages.IsEmpty && !settings.ExcludePackages.IsEmpty)
        {
            Warn("IncludePackages", "ExcludePackages");
            settled = settled with { ExcludePackages = [] };
        }

        return settled;

        void Warn(string include, string exclude) => faults.Warn(new Fault(
            FaultCode.IncludeWinsOverExclude,
            $"{SettingName.Mark(exclude)} is ignored, because {SettingName.Mark(include)} is set.",
            "Remove one of them."));
    }

    /// <param name="settings">The settings so far.</param>
    /// <param name="given">As they were given: what is included counts also where a rule is malformed.</param>
    /// <param name="faults">Where warnings and faults go.</param>
    private static MirrorPullSettings SettleComponents(
        MirrorPullSettings settings, MirrorPullSettings given, SettingsFaults faults)
    {
        // Extra images belong to modules and packages, so asking for them alone is asking for both; but packages that
        // are left out and not named cannot be found behind a proxy registry.
        MirrorComponents holders = settings is { ProxyRegistry: true, IncludePackages.IsEmpty: true }
            ? MirrorComponents.Modules
            : MirrorComponents.Modules | MirrorComponents.Packages;
        MirrorComponents components = settings.OnlyExtraImages ? settings.Components | holders : settings.Components;
        if (!given.IncludeModules.IsDefaultOrEmpty && !components.HasFlag(MirrorComponents.Modules))
        {
            components |= MirrorComponents.Modules;
            Warn("Modules", "IncludeModules");
        }

        // What is left out then are the plugins that modules ask for.
        bool includesPlugins = !given.IncludePlugins.IsDefaultOrEmpty;
        if (includesPlugins && !components.HasFlag(MirrorComponents.Plugins))
        {
            Warn("Plugins", "IncludePlugins");
        }

        if (components == MirrorComponents.None && !includesPlugins)
        {
            faults.Add("Components", new Fault(
                FaultCode.NothingSelected,
                "There is nothing to pull: every component is excluded.",
                $"Check {SettingName.Components}: at least one component must remain."));
        }

        return settings with { Components = components };

        void Warn(string component, string include) => faults.Warn(new Fault(
            FaultCode.IncludedAnyway,
            $"{component} are pulled although they are excluded, because {SettingName.Mark(include)} is set.",
            $"Change {SettingName.Without(component)}, or remove the rules."));
    }
}
