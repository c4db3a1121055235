using Mirror.Engine.Deckhouse.Catalogue;
using Mirror.Engine.Deckhouse.Locked;
using Mirror.Engine.Deckhouse.Platform;
using Mirror.Engine.Deckhouse.Plugins;
using Mirror.Engine.Deckhouse.Source;
using Mirror.Engine.Events;
using Mirror.Engine.Plan;
using Mirror.Engine.Registry;
using Mirror.Engine.Settings.Ends;
using Mirror.Engine.Spool;

namespace Mirror.Engine.Deckhouse;

/// <summary>
/// Finds everything that a pull's settings select. Components are resolved side by side, but CLI plugins after the
/// platform and the modules; what the source lacks is told of all of them at once, and a failure of the registry is
/// never taken for absence.
/// </summary>
internal sealed class DeckhouseResolver
{
    private readonly DeckhouseSource _source;
    private readonly PlatformResolver _platform;
    private readonly CatalogueResolver _catalogue;
    private readonly PackageVersionsResolver _packageVersions;
    private readonly PluginResolver _plugins;
    private readonly LockedResolver _locked;
    private readonly EventSink _events;

    public DeckhouseResolver(
        RegistryAccess access, RegistryClient client, ManifestStore manifests, BlobSpool spool, EventSink events)
    {
        _events = events;
        _source = new DeckhouseSource(client, manifests, new RegistryTree(access))
        {
            CanListTags = access.CanListTags,
        };
        LayerFile layers = new(client, spool);
        ReleaseImages releases = new(_source, layers);
        Attestations attestations = new(_source);
        _locked = new LockedResolver(_source, new ReleaseManifests(_source, layers));
        _platform = new PlatformResolver(_source, releases, layers, attestations);
        _catalogue = new CatalogueResolver(
            _source,
            new CatalogueItemResolver(
                _source,
                new ItemSelector(_source, releases),
                new ItemVersionResolver(_source, layers),
                attestations));
        _packageVersions = new PackageVersionsResolver(_source, releases);
        _plugins = new PluginResolver(_source, PluginContractReader.Read, events);
    }

    public async Task<ResolvedParts> ResolveAsync(MirrorPullSettings settings, CancellationToken cancellationToken) =>
        settings.BundleFormat == BundleFormat.Legacy025
            ? LegacyBundle.Convert(
                await ResolvePartsAsync(LegacyBundle.Restrict(settings), cancellationToken).ConfigureAwait(false),
                settings.Components)
            : await ResolvePartsAsync(settings, cancellationToken).ConfigureAwait(false);

    /// <summary>Takes exactly what is locked; only archives that float are resolved.</summary>
    /// <exception cref="MirrorException">D8M4104, D8M4107, or as for other settings: of what floats.</exception>
    public async Task<ResolvedParts> ResolveAsync(
        LockFile file, MirrorPullSettings settings, CancellationToken cancellationToken)
    {
        ResolvedParts locked = await ResolveArchivesAsync(file, file.Archives, cancellationToken)
            .ConfigureAwait(false);
        if (file.Floating.IsEmpty)
        {
            return locked;
        }

        ResolvedParts floating = await ResolveAsync(
            settings with { Components = MirrorComponents.SecurityDb, IncludePlugins = [] }, cancellationToken)
            .ConfigureAwait(false);
        ResolvedParts merged = ResolvedParts.Merge([locked, floating]);
        return merged with { Notes = [LockFaults.Floats(file.Floating), .. merged.Notes] };
    }

    /// <summary>Some archives of a lock, as they are locked.</summary>
    /// <exception cref="MirrorException">D8M4104, D8M4107.</exception>
    public Task<ResolvedParts> ResolveArchivesAsync(
        LockFile file, IEnumerable<LockedArchive> archives, CancellationToken cancellationToken) =>
        _locked.ResolveAsync(file, archives, cancellationToken);

    private async Task<ResolvedParts> ResolvePartsAsync(
        MirrorPullSettings settings, CancellationToken cancellationToken)
    {
        List<Func<CancellationToken, Task<ResolvedParts>>> components = [token => ResolveClusterAsync(settings, token)];
        Add(components, settings, MirrorComponents.SecurityDb,
            token => new SecurityResolver(_source).ResolveAsync(token));
        Add(components, settings, MirrorComponents.Installer,
            token => new InstallerResolver(_source).ResolveAsync(settings.InstallerTag, token));
        if (!settings.OnlyExtraImages)
        {
            Add(components, settings, MirrorComponents.DeckhouseCli,
                token => new DeckhouseCliResolver(_source).ResolveAsync(settings.DeckhouseCliTag, token));
        }

        CatalogueKind packages = CatalogueKind.Packages(_source.Tree);
        CatalogueFilter packageFilter = new(settings.IncludePackages, settings.ExcludePackages);
        Add(components, settings, MirrorComponents.Packages,
            token => _catalogue.ResolveAsync(packages, packageFilter, settings, token));
        if (!settings.OnlyExtraImages)
        {
            Add(components, settings, MirrorComponents.Packages,
                token => _packageVersions.ResolveAsync(packages, packageFilter, settings.SelectionRules, token));
        }

        return await ResolveAsync(components, cancellationToken).ConfigureAwait(false);
    }

    /// <summary>Platform and modules, then the CLI plugins, which follow from both.</summary>
    private async Task<ResolvedParts> ResolveClusterAsync(
        MirrorPullSettings settings, CancellationToken cancellationToken)
    {
        List<Func<CancellationToken, Task<ResolvedParts>>> components = [];
        Add(components, settings, MirrorComponents.Platform, token => _platform.ResolveAsync(settings, token));
        Add(components, settings, MirrorComponents.Modules, token => ResolveModulesAsync(settings, token));
        ResolvedParts parts = await ResolveAsync(components, cancellationToken).ConfigureAwait(false);
        ResolvedParts plugins = await _plugins.ResolveAsync(parts.Chosen, settings, cancellationToken)
            .ConfigureAwait(false);
        return ResolvedParts.Merge([parts, plugins]);
    }

    private static async Task<ResolvedParts> ResolveAsync(
        List<Func<CancellationToken, Task<ResolvedParts>>> components, CancellationToken cancellationToken) =>
        ResolvedParts.Merge(await ParallelLookup.SelectAsync(
            components, (resolve, token) => resolve(token), cancellationToken).ConfigureAwait(false));

    private void Add(
        List<Func<CancellationToken, Task<ResolvedParts>>> components,
        MirrorPullSettings settings,
        MirrorComponents component,
        Func<CancellationToken, Task<ResolvedParts>> resolve)
    {
        if (settings.Components.HasFlag(component))
        {
            components.Add(resolve);
        }
        else
        {
            _events.Decision($"{component} is switched off.");
        }
    }

    private async Task<ResolvedParts> ResolveModulesAsync(
        MirrorPullSettings settings, CancellationToken cancellationToken)
    {
        CatalogueKind modules = CatalogueKind.Modules(_source.Tree);
        ResolvedParts parts = await _catalogue.ResolveAsync(
            modules, new CatalogueFilter(settings.IncludeModules, settings.ExcludeModules), settings,
            cancellationToken).ConfigureAwait(false);
        string standard = _source.Tree.StandardModules;
        return modules.Root == standard || parts.Archives.IsEmpty
            ? parts
            : parts with
            {
                Notes = [DeckhouseFaults.ModulesMoved(_source.Name(modules.Root), _source.Name(standard)),
                    .. parts.Notes],
            };
    }
}
