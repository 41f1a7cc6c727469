import java.nio.file.Path;
import java.util.Map;
import java.util.Set;
import org.elasticsearch.common.logging.LogConfigurator;
import org.elasticsearch.common.settings.Settings;
import org.elasticsearch.env.Environment;
import org.elasticsearch.node.InternalSettingsPreparer;
import org.elasticsearch.node.Node;
import org.elasticsearch.plugins.PluginsLoader;

/**
 * One Elasticsearch node for tests, from the server jar alone. The one argument is its home, a folder with config/elasticsearch.yml,
 * config/log4j2.properties and modules/. It runs until it is told to end.
 */
public final class LoopbackNode {
  private LoopbackNode() {}

  public static void main(String[] arguments) throws Exception {
    String home = Path.of(arguments[0]).toAbsolutePath().toString();
    Settings fixed = Settings.builder().put("path.home", home).build();
    LogConfigurator.setNodeName("tests");
    Environment environment = InternalSettingsPreparer.prepareEnvironment(fixed, Map.of(), null, () -> "tests");
    LogConfigurator.configure(environment, true);
    var modules = PluginsLoader.loadModulesBundles(environment.modulesDir(), true);
    Node node = new Node(environment, PluginsLoader.createPluginsLoader(modules, Set.of(), Map.of(), false));
    Runtime.getRuntime().addShutdownHook(new Thread(() -> close(node), "end"));
    node.start();
    Thread.currentThread().join();
  }

  private static void close(Node node) {
    try {
      node.close();
    } catch (Exception failure) {
      failure.printStackTrace();
    }
  }
}
