using Cake.Core;
using Cake.Core.Annotations;
using Cake.Core.IO;
using Mirror.Engine;

namespace Cake.DeckhouseMirror;

public static partial class DeckhouseMirrorAliases
{
    /// <summary>Writes what a target holds into a file. Nothing is written to the target.</summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">Which target, and the file.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="CakeException">The inventory could not be taken; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Inventory").Does(() =&gt;
    /// {
    ///     var inventory = D8MirrorInventory(new()
    ///     {
    ///         Target = "registry.example.com/deckhouse/ee",
    ///         InventoryFile = "have.json",
    ///         LockFile = "mirror.lock.json",
    ///     });
    ///     Information(inventory);
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Inventory")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorInventory D8MirrorInventory(this ICakeContext context, D8MirrorInventorySettings settings) =>
        new DeckhouseMirrorRunner(context).Inventory(settings);

    /// <summary>Writes what a target holds into a file, as far as the target lists it.</summary>
    /// <param name="context">The context.</param>
    /// <param name="target">The registry and path: <c>host[:port]/path</c>.</param>
    /// <param name="inventoryFile">The file to write.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="CakeException">The inventory could not be taken; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Inventory").Does(() =&gt; D8MirrorInventory("registry.example.com/deckhouse/ee", "have.json"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Inventory")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorInventory D8MirrorInventory(this ICakeContext context, string target, FilePath inventoryFile) =>
        context.D8MirrorInventory(InventoryForm(target, inventoryFile));

    /// <summary>
    /// As <see cref="D8MirrorInventory(ICakeContext, D8MirrorInventorySettings)"/>, for tasks that are asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="settings">Which target, and the file.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="CakeException">The inventory could not be taken; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Inventory").Does(async () =&gt;
    /// {
    ///     var inventory = await D8MirrorInventoryAsync(new()
    ///     {
    ///         Target = "registry.example.com/deckhouse/ee",
    ///         InventoryFile = "have.json",
    ///         LockFile = "mirror.lock.json",
    ///     });
    ///     Information(inventory);
    /// });
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Inventory")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorInventory> D8MirrorInventoryAsync(
        this ICakeContext context, D8MirrorInventorySettings settings) =>
        new DeckhouseMirrorRunner(context).InventoryAsync(settings);

    /// <summary>
    /// As <see cref="D8MirrorInventory(ICakeContext, string, FilePath)"/>, for tasks that are asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="target">The registry and path: <c>host[:port]/path</c>.</param>
    /// <param name="inventoryFile">The file to write.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="CakeException">The inventory could not be taken; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Inventory").Does(
    ///     async () =&gt; await D8MirrorInventoryAsync("registry.example.com/deckhouse/ee", "have.json"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Inventory")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorInventory> D8MirrorInventoryAsync(
        this ICakeContext context, string target, FilePath inventoryFile) =>
        context.D8MirrorInventoryAsync(InventoryForm(target, inventoryFile));

    /// <summary>Writes what a target holds into a file; the settings are made in place.</summary>
    /// <param name="context">The context.</param>
    /// <param name="configure">Changes the settings, which have every default.</param>
    /// <param name="inventoryFile">The file to write, which the settings begin with. Default: none.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="CakeException">The inventory could not be taken; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Inventory").Does(() =&gt; D8MirrorInventory(settings =&gt;
    /// {
    ///     settings.Target = "registry.example.com/deckhouse/ee";
    ///     settings.CheckDepth = CheckDepth.Manifests;
    /// }, "have.json"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Inventory")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static MirrorInventory D8MirrorInventory(
        this ICakeContext context, Action<D8MirrorInventorySettings> configure, FilePath? inventoryFile = null) =>
        context.D8MirrorInventory(
            Configured(configure, new D8MirrorInventorySettings { InventoryFile = inventoryFile }));

    /// <summary>
    /// As <see cref="D8MirrorInventory(ICakeContext, Action{D8MirrorInventorySettings}, FilePath)"/>, for tasks that
    /// are asynchronous.
    /// </summary>
    /// <param name="context">The context.</param>
    /// <param name="configure">Changes the settings, which have every default.</param>
    /// <param name="inventoryFile">The file to write, which the settings begin with. Default: none.</param>
    /// <returns>What was found.</returns>
    /// <exception cref="CakeException">The inventory could not be taken; every fault is in the log.</exception>
    /// <example>
    /// <code>
    /// Task("Inventory").Does(async () =&gt; await D8MirrorInventoryAsync(settings =&gt;
    /// {
    ///     settings.Target = "registry.example.com/deckhouse/ee";
    ///     settings.CheckDepth = CheckDepth.Manifests;
    /// }, "have.json"));
    /// </code>
    /// </example>
    [CakeMethodAlias]
    [CakeAliasCategory("Inventory")]
    [CakeNamespaceImport("Cake.DeckhouseMirror")]
    [CakeNamespaceImport("Mirror.Engine")]
    public static Task<MirrorInventory> D8MirrorInventoryAsync(
        this ICakeContext context, Action<D8MirrorInventorySettings> configure, FilePath? inventoryFile = null) =>
        context.D8MirrorInventoryAsync(
            Configured(configure, new D8MirrorInventorySettings { InventoryFile = inventoryFile }));

    private static D8MirrorInventorySettings InventoryForm(string target, FilePath inventoryFile)
    {
        ArgumentNullException.ThrowIfNull(inventoryFile);
        return new D8MirrorInventorySettings { Target = target, InventoryFile = inventoryFile };
    }
}
